export const dynamic = 'force-dynamic';

/** What a request costs in Next before any of our work begins. */
export const GET = () => Response.json({ ok: true });
