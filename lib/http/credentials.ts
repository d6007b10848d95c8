import { sessionCookieName } from '#lib/auth/session-cookie.ts';
import { env } from '#lib/env.ts';
import type { PlainRequest } from '#lib/http/message.ts';
import { isTokenText } from '#lib/tokens/format.ts';

/** What a request brought to prove who is calling. */
export type Credential =
  | { kind: 'none' }
  /** `isReadable`: it has the form of something that this server could have given out. */
  | { kind: 'secret'; secret: string; from: 'header' | 'cookie'; isReadable: boolean };

/** The cookie of jina-now and other browser clients (contract 1.12). */
export const SDK_COOKIE = 'st';
const SCHEME = /^(token|bearer|basic)\s+(.*)$/i;

/** The value of a cookie, or null where there is none. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null;
  }
  return null;
}

/** Whether a text has the form of a token or of a session that this server could have given out. */
export function isCredentialText(text: string): boolean {
  return isTokenText(text) || /^gss_[0-9A-Za-z]{43}$/.test(text);
}

function secret(text: string, from: 'header' | 'cookie'): Credential {
  return { kind: 'secret', secret: text, from, isReadable: isCredentialText(text) };
}

/**
 * The credential of a request: `Authorization` with the scheme token, Bearer or none, in any case, else a cookie
 * (contract 1.6). The literal `None` is what clients send that have no token. Basic comes from a netrc file and
 * never counts.
 */
export function readCredential(request: PlainRequest): Credential {
  const authorization = request.header('authorization')?.trim();
  if (authorization) {
    const [, scheme, rest] = SCHEME.exec(authorization) ?? [];
    const text = (rest ?? authorization).trim();
    if (scheme?.toLowerCase() === 'basic')
      return { kind: 'secret', secret: '', from: 'header', isReadable: false };
    if (text !== '' && text !== 'None' && !/^(token|bearer|basic)$/i.test(text))
      return secret(text, 'header');
  }
  const cookies = request.header('cookie');
  // A page of CORS_ORIGINS acts with what it was given, never with what a person does on our own pages.
  const isOthers = env().CORS_ORIGINS.includes(request.header('origin') ?? '');
  const own = isOthers ? null : readCookie(cookies, sessionCookieName());
  const cookie = own ?? readCookie(cookies, SDK_COOKIE);
  return cookie ? secret(cookie, 'cookie') : { kind: 'none' };
}
