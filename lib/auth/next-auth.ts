import type { AuthOptions } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import Credentials from 'next-auth/providers/credentials';
import { checkPassword } from '#lib/accounts/check-password.ts';
import type { Origin } from '#lib/audit/record.ts';
import { derivedKey } from '#lib/auth/auth-secret.ts';
import { authenticate } from '#lib/auth/authenticate.ts';
import { hasSecureCookies, sessionCookieName } from '#lib/auth/session-cookie.ts';
import { DAY_MS, SECOND_MS, systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { isFault } from '#lib/errors.ts';
import { log } from '#lib/log.ts';
import { createSession } from '#lib/sessions/create.ts';
import { dismissSession } from '#lib/sessions/dismiss.ts';

declare module 'next-auth' {
  interface User {
    /** The text of the new session, for its cookie. */
    sessionToken: string;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    sessionToken: string;
  }
}

/** next-auth shows the message of whatever is thrown here, so nothing but a sentence of ours may leave. */
async function signIn(login: string, password: string, origin: Origin, previous?: string) {
  try {
    const { userId } = await checkPassword({ login, password, origin });
    const session = await createSession({ userId, origin, clock: systemClock });
    // The browser forgets it, so nobody could end it there any more.
    if (previous) await signOut(previous, origin);
    return { id: userId, sessionToken: session.token };
  } catch (error) {
    if (isFault(error)) throw new Error(error.message);
    log().error({ err: error, requestId: origin.requestId }, 'sign-in failed');
    throw new Error('You could not be signed in. Try again in a moment.');
  }
}

async function signOut(sessionToken: string, origin: Origin): Promise<void> {
  const caller = await authenticate(sessionToken);
  if (caller?.via !== 'session') return;
  await dismissSession({ sessionId: caller.credentialId, origin: { ...origin, caller } });
}

async function readSession(token: string | undefined): Promise<JWT | null> {
  const caller = token ? await authenticate(token) : null;
  return token && caller?.via === 'session'
    ? { sub: caller.userId, name: caller.name, sessionToken: token }
    : null;
}

/** Tells `onFailure` what `work` throws, which next-auth keeps to itself. */
function telling<Given extends unknown[], Result>(
  work: (...given: Given) => Promise<Result>,
  onFailure: (error: unknown) => void,
): (...given: Given) => Promise<Result> {
  return (...given) =>
    work(...given).catch((error) => {
      onFailure(error);
      throw error;
    });
}

/**
 * How next-auth signs people of `origin` in and out.
 *
 * Its passwords allow only its JWT strategy. Ours carries no claims: what is "encoded" is the opaque token of a
 * Session row, and "decoding" looks that row up, so an ended session is over at its next request.
 * @param previous the session that the browser has, which a new one takes the place of.
 * @param onFailure hears of a session that could not be looked up or ended. next-auth's own answer is then as if there
 *   were none, and takes the cookie away: it must not be sent.
 */
export function authOptions(
  origin: Origin,
  onFailure: (error: unknown) => void,
  previous?: string,
): AuthOptions {
  const isSecure = hasSecureCookies();
  const read = telling(readSession, onFailure);
  const end = telling(signOut, onFailure);
  return {
    providers: [
      Credentials({
        credentials: { login: {}, password: {} },
        authorize: (given) =>
          signIn(String(given?.login ?? ''), String(given?.password ?? ''), origin, previous),
      }),
    ],
    secret: derivedKey('next-auth').toString('hex'),
    session: { strategy: 'jwt', maxAge: (env().SESSION_DAYS * DAY_MS) / SECOND_MS },
    jwt: {
      encode: async ({ token }) => token?.sessionToken ?? '',
      decode: ({ token }) => read(token),
    },
    useSecureCookies: isSecure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
      },
    },
    pages: { signIn: '/login', signOut: '/login', error: '/login' },
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...token, sessionToken: user.sessionToken } : token),
      session: ({ session, token }) => ({ expires: session.expires, user: { name: token.name } }),
    },
    events: { signOut: ({ token }) => end(token?.sessionToken ?? '', origin) },
    logger: {
      error: (code, detail) => log().error({ code, err: detail }, 'next-auth failed'),
      warn: (code) => log().debug({ code }, 'next-auth warns'),
      debug: () => undefined,
    },
  };
}
