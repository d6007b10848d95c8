import { newSecret } from '#lib/auth/secret.ts';
import { hasSecureCookies } from '#lib/auth/session-cookie.ts';
import { DAY_MS, SECOND_MS, systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { userAgent } from '#lib/http/client-facts.ts';
import { readCookie, SDK_COOKIE } from '#lib/http/credentials.ts';
import { replyHeaders } from '#lib/http/errors.ts';
import { baseUrl, isOwnHost } from '#lib/http/hosts.ts';
import { queryFields } from '#lib/http/input.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { askLogin, LOGIN_MINUTES } from '#lib/logins/ask.ts';
import { grantLogin } from '#lib/logins/grant.ts';
import { redirectTarget } from '#lib/logins/redirect-target.ts';

/** Where the login of a page of CORS_ORIGINS begins, and where the browser comes back to with the code. */
export const BROWSER_LOGIN = '/v2/oidc/authorize';
/** Ties the code to the browser that asked, or anybody could log this browser in as themselves by a link. */
const STATE_COOKIE = 'gs-login-state';

function setCookie(name: string, value: string, seconds: number, path: string): string {
  const secure = hasSecureCookies() ? '; Secure' : '';
  return `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

function redirect(request: PlainRequest, location: string, cookie?: string): PlainReply {
  const headers = { ...replyHeaders(request.requestId), location, 'cache-control': 'no-store' };
  return { status: 302, headers: cookie ? { ...headers, 'set-cookie': cookie } : headers, body: '' };
}

function originOf(request: PlainRequest) {
  const { address, requestId } = request;
  return { caller: null, address, client: userAgent(request), requestId };
}

/** Sends the browser to the page on which the person approves. */
async function begin(request: PlainRequest, target: string, isFresh: boolean): Promise<PlainReply> {
  // Else any page could fill the queue of its visitors' network by pictures of this address.
  const purpose = request.header('sec-fetch-dest') ?? 'document';
  if (purpose !== 'document')
    throw new Fault('not-allowed', 'Open this address in a browser, not as a part of a page.');
  const base = baseUrl(request);
  const state = newSecret();
  const uri = new URL(BROWSER_LOGIN, base);
  uri.searchParams.set('target_link_uri', target);
  const asked = await askLogin({
    origin: originOf(request),
    isFresh,
    redirect: { uri: uri.href, sendsForm: false, state },
  });
  const cookie = setCookie(STATE_COOKIE, state, LOGIN_MINUTES * 60, BROWSER_LOGIN);
  return redirect(request, `${base}/login/cli?request=${asked.link}`, cookie);
}

/** The person has decided: the page gets a session in the cookie `st`, or is told that it was denied. */
async function finish(request: PlainRequest, target: string, fields: Record<string, string>) {
  const { code, state = '', error } = fields;
  if (state !== readCookie(request.header('cookie'), STATE_COOKIE))
    throw new Fault(
      'wrong-password',
      'This login was not begun in this browser, or more than five minutes ago. Begin it again.',
    );
  if (code === undefined) {
    const denied = new URL(target);
    denied.searchParams.set('error', error ?? 'access_denied');
    return redirect(request, denied.href);
  }
  const { token } = await grantLogin({ code, state, origin: originOf(request), clock: systemClock });
  const seconds = (env().SESSION_MAX_DAYS * DAY_MS) / SECOND_MS;
  return redirect(request, target, setCookie(SDK_COOKIE, token, seconds, '/'));
}

/**
 * Logs a page of CORS_ORIGINS, or of this machine, in as the person whose browser opens it there (contract 2.6): with
 * their approval, a session in the cookie `st`, and a redirect to `target_link_uri`. Such a session is a program's.
 * @throws Fault `invalid` for a target elsewhere, `wrong-password` for a code or a state that does not count.
 */
export async function answerBrowserLogin(request: PlainRequest): Promise<PlainReply> {
  if (request.verb !== 'GET') throw new Fault('no-method', 'Open this address in a browser.');
  if (!isOwnHost(request.header('host')))
    throw new Fault('not-allowed', 'This address is not one of this server. Open it by its own address.');
  const fields = Object.fromEntries(
    Object.entries(queryFields(request)).map(([name, value]) => [name, String(value)]),
  );
  const target = redirectTarget(fields.target_link_uri ?? '');
  const isAnswer = fields.code !== undefined || fields.error !== undefined;
  return isAnswer ? finish(request, target, fields) : begin(request, target, fields.prompt === 'login');
}
