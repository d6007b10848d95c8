import { env } from '#lib/env.ts';

/** Whether people reach this server by https, so that its cookies may travel there only. */
export function hasSecureCookies(): boolean {
  return env().PUBLIC_URL?.startsWith('https:') ?? false;
}

/** A cookie of ours; the prefix keeps sibling hosts from setting it. */
function cookieName(name: string): string {
  return hasSecureCookies() ? `__Host-${name}` : name;
}

/** The cookie that holds a session's token in a browser. */
export function sessionCookieName(): string {
  return cookieName('gs-session');
}

/** The cookie of somebody who is at a provider to sign in. */
export function flowCookieName(): string {
  return cookieName('gs-flow');
}

/** The cookie of somebody whom a provider has sent and who has no account yet. */
export function pendingCookieName(): string {
  return cookieName('gs-pending');
}

/** The cookie in which next-auth keeps the state of an OAuth flow. */
export function stateCookieName(): string {
  return hasSecureCookies() ? '__Secure-next-auth.state' : 'next-auth.state';
}
