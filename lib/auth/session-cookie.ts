import { env } from '#lib/env.ts';

/** Whether people reach this server by https, so that its cookies may travel there only. */
export function hasSecureCookies(): boolean {
  return env().PUBLIC_URL?.startsWith('https:') ?? false;
}

/** The cookie that holds a session's token in a browser; the prefix keeps sibling hosts from setting it. */
export function sessionCookieName(): string {
  return hasSecureCookies() ? '__Host-gs-session' : 'gs-session';
}
