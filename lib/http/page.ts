import { cookies, headers } from 'next/headers';
import type { Origin } from '#lib/audit/record.ts';
import { sessionCookieName } from '#lib/auth/session-cookie.ts';
import { userAgent } from '#lib/http/client-facts.ts';
import { baseUrl } from '#lib/http/hosts.ts';
import { newRequestId } from '#lib/ids.ts';

/** What people type to reach this server, such as `http://127.0.0.1:3000`; for the page that is being rendered. */
export async function serverAddress(): Promise<string> {
  const given = await headers();
  return baseUrl({ header: (name) => given.get(name) ?? undefined });
}

/** Whether the browser brought a session, still valid or not. */
export async function hadSession(): Promise<boolean> {
  return (await cookies()).has(sessionCookieName());
}

/** Where a change comes from that a page or its form makes; our server in front has put the address and the id there. */
export async function pageOrigin(): Promise<Origin> {
  const given = await headers();
  return {
    caller: null,
    address: given.get('x-forwarded-for') || null,
    client: userAgent({ header: (name) => given.get(name) ?? undefined }),
    requestId: given.get('x-request-id') ?? newRequestId(),
  };
}
