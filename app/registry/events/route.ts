import { serveWeb } from '#lib/http/web.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export { serveWeb as GET, serveWeb as HEAD, serveWeb as OPTIONS, serveWeb as POST };
