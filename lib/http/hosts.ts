import { env } from '#lib/env.ts';
import type { PlainRequest } from '#lib/http/message.ts';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a Host header names this machine itself, on any port. */
function isLoopbackHost(host: string): boolean {
  return LOOPBACK_NAMES.has(host.replace(/:\d+$/, '').toLowerCase());
}

/** Whether pages and cookies may be used under this Host: a foreign one is a sign of DNS rebinding. */
export function isOwnHost(host: string | undefined): boolean {
  if (!host) return false;
  const publicUrl = env().PUBLIC_URL;
  return isLoopbackHost(host) || (publicUrl !== undefined && new URL(publicUrl).host === host.toLowerCase());
}

/**
 * What links start with: the request's own host where that is loopback (people reach a laptop under several names),
 * else PUBLIC_URL. A Host header is never trusted further than that.
 */
export function baseUrl(request: Pick<PlainRequest, 'header'>): string {
  const { PUBLIC_URL, HOST, PORT } = env();
  const host = request.header('host');
  if (host && isLoopbackHost(host)) return `http://${host}`;
  return PUBLIC_URL ?? `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
}

/** Whether an Origin header is one of our own pages: `null` and foreign ones are not. */
function isOwnOrigin(origin: string, request: Pick<PlainRequest, 'header'>): boolean {
  return origin === new URL(baseUrl(request)).origin || origin === env().PUBLIC_URL;
}

/**
 * Whether no other site can have made a browser send this. Browsers name the page's Origin with every POST; one that
 * leaves it out still says that the page was of another site, or of another port of this host.
 */
export function isFromOwnPage(request: Pick<PlainRequest, 'header'>): boolean {
  const origin = request.header('origin');
  if (origin !== undefined) return isOwnOrigin(origin, request);
  const site = request.header('sec-fetch-site');
  return site === undefined || site === 'same-origin' || site === 'none';
}
