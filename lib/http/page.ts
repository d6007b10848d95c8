import { cookies, headers } from 'next/headers';
import type { Origin } from '#lib/audit/record.ts';
import { pendingCookieName, sessionCookieName } from '#lib/auth/session-cookie.ts';
import { Fault } from '#lib/errors.ts';
import { userAgent } from '#lib/http/client-facts.ts';
import { errorReply } from '#lib/http/errors.ts';
import { baseUrl, isFromOwnPage } from '#lib/http/hosts.ts';
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

/** The secret of somebody from a provider who has no account yet, still valid or not. */
export async function pendingSecret(): Promise<string | undefined> {
  return (await cookies()).get(pendingCookieName())?.value;
}

/** A choice of how pages look that this browser keeps, where the server has to know it; null when there is none. */
export async function keptChoice(name: string): Promise<string | null> {
  return (await cookies()).get(name)?.value ?? null;
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

/** The answer of the API to a failure, for a route of Next's. */
export function failureResponse(error: unknown, requestId: string): Response {
  const { status, headers: names, body } = errorReply(error, requestId);
  return new Response(String(body), { status, headers: names });
}

/**
 * The refusal of a form that another site sends to next-auth, null for any other. Its own token against that is a cookie,
 * which a page on another port of this host can set.
 */
export function refuseForeignForm(request: Request, requestId: string): Response | null {
  const header = (name: string) => request.headers.get(name) ?? undefined;
  if (request.method !== 'POST' || isFromOwnPage({ header })) return null;
  return failureResponse(
    new Fault('not-allowed', 'This form was not sent by a page of this server. Open the page itself.'),
    requestId,
  );
}

/** The refusal of a body that calls itself JSON and is none, which next-auth would answer with 500; null for any other. */
export async function refuseBrokenJson(request: Request, requestId: string): Promise<Response | null> {
  if (!/\bjson\b/i.test(request.headers.get('content-type') ?? '')) return null;
  try {
    await request.clone().json();
    return null;
  } catch (cause) {
    const fault = new Fault('invalid', 'The body is not JSON. Send JSON, or a form.', { cause });
    return failureResponse(fault, requestId);
  }
}
