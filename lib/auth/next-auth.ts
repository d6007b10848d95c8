import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuthOptions, User } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import Credentials from 'next-auth/providers/credentials';
import { checkPassword } from '#lib/accounts/check-password.ts';
import type { Origin } from '#lib/audit/record.ts';
import { type Arrival, arrive } from '#lib/auth/arrive.ts';
import { derivedKey } from '#lib/auth/auth-secret.ts';
import { authenticate } from '#lib/auth/authenticate.ts';
import type { ProviderFlow } from '#lib/auth/provider-flow.ts';
import { authProviders, type ProviderUser } from '#lib/auth/providers.ts';
import { hasSecureCookies, sessionCookieName } from '#lib/auth/session-cookie.ts';
import { DAY_MS, SECOND_MS, systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { isFault } from '#lib/errors.ts';
import { signUpPending } from '#lib/identities/sign-up.ts';
import { log } from '#lib/log.ts';
import { createSession } from '#lib/sessions/create.ts';
import { dismissSession } from '#lib/sessions/dismiss.ts';

declare module 'next-auth' {
  interface User {
    /** The text of the new session, for its cookie. */
    sessionToken?: string;
    /** Of somebody from a provider. */
    arriving?: ProviderUser;
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    sessionToken?: string;
  }
}

/** One request to next-auth, and what comes of it beside its answer. */
export interface AuthRequest {
  origin: Origin;
  /**
   * Hears of a session that could not be looked up, made or ended. next-auth's own answer is then as if there were none,
   * and takes the cookie away: it must not be sent.
   */
  onFailure(error: unknown): void;
  /** The session that the browser has, which a new one takes the place of. */
  session?: string;
  /** What the person began who comes back from a provider, or goes there. */
  flow?: ProviderFlow;
  /** Hears what came of somebody from a provider. */
  onArrival?(arrival: Arrival): void;
  /** Hears of an error that next-auth only logs. */
  onError?(detail: unknown): void;
  /** The secret of somebody from a provider who makes their account. */
  pending?: string;
}

/** Whose errors next-auth logs: it has one logger for all. */
const asked = new AsyncLocalStorage<AuthRequest>();

/** Runs next-auth's answer to a request, so that what it logs is known to be of that one. */
export function answering<T>(request: AuthRequest, work: () => Promise<T>): Promise<T> {
  return asked.run(request, work);
}

async function newSession(userId: string, { origin, session: previous }: AuthRequest, provider?: string) {
  const session = await createSession({ userId, provider, origin, clock: systemClock });
  // The browser forgets it, so nobody could end it there any more.
  if (previous) await signOut(previous, origin);
  return { id: userId, sessionToken: session.token };
}

/** next-auth shows the message of whatever is thrown here, so nothing but a sentence of ours may leave. */
async function inOurWords<T>({ origin }: AuthRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isFault(error)) throw new Error(error.message);
    log().error({ err: error, requestId: origin.requestId }, 'sign-in failed');
    throw new Error('You could not be signed in. Try again in a moment.');
  }
}

function signIn(login: string, password: string, request: AuthRequest) {
  return inOurWords(request, async () => {
    const { userId } = await checkPassword({ login, password, origin: request.origin });
    return newSession(userId, request);
  });
}

function signUp(name: string, displayName: string, request: AuthRequest) {
  const { pending: secret, origin } = request;
  return inOurWords(request, async () => {
    const account = { secret, name, displayName: displayName || undefined, origin, clock: systemClock };
    const { userId, provider } = await signUpPending(account);
    return newSession(userId, request, provider);
  });
}

/** Lets somebody from a provider in, whose account is known; else next-auth makes no session. */
async function welcome(user: User, request: AuthRequest): Promise<boolean> {
  const { flow, session, origin } = request;
  if (!user.arriving || !flow) return false;
  const arrival = await arrive({ user: user.arriving, flow, session, origin });
  request.onArrival?.(arrival);
  if (arrival.kind !== 'known') return false;
  // This object is what the callback `jwt` gets.
  Object.assign(user, await newSession(arrival.userId, request, flow.provider));
  return true;
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

/** Says what went wrong and no more: next-auth adds what a provider said of a person. */
const LOGGER: AuthOptions['logger'] = {
  error: (code, detail) => {
    const request = asked.getStore();
    request?.onError?.(detail);
    const error = detail instanceof Error ? detail : detail.error;
    const requestId = request?.origin.requestId;
    log().warn({ code, requestId, reason: String(error?.message) }, 'next-auth failed');
  },
  warn: (code) => log().debug({ code }, 'next-auth warns'),
  debug: () => undefined,
};

/** What people type, and where it goes. `new-account` is for who comes from a provider. */
function forms(request: AuthRequest) {
  return [
    Credentials({
      credentials: { login: {}, password: {} },
      authorize: (given) => signIn(String(given?.login ?? ''), String(given?.password ?? ''), request),
    }),
    Credentials({
      id: 'new-account',
      credentials: { name: {}, displayName: {} },
      authorize: (given) => signUp(String(given?.name ?? ''), String(given?.displayName ?? ''), request),
    }),
  ];
}

/**
 * How next-auth signs people in and out.
 *
 * Its passwords allow only its JWT strategy. Ours carries no claims: what is "encoded" is the opaque token of a
 * Session row, and "decoding" looks that row up, so an ended session is over at its next request.
 */
export function authOptions(request: AuthRequest): AuthOptions {
  const { origin, onFailure, flow } = request;
  const isSecure = hasSecureCookies();
  const read = telling(readSession, onFailure);
  const end = telling(signOut, onFailure);
  const enter = telling(welcome, onFailure);
  return {
    providers: [...forms(request), ...authProviders(flow?.kind === 'sign-in-again')],
    secret: derivedKey('next-auth').toString('hex'),
    session: { strategy: 'jwt', maxAge: (env().SESSION_MAX_DAYS * DAY_MS) / SECOND_MS },
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
      signIn: async ({ user, account }) => account?.type !== 'oauth' || enter(user as User, request),
      // Of the flow alone: next-auth's own cookie of it is not signed.
      redirect: ({ baseUrl }) => (flow?.from.startsWith('/') ? `${baseUrl}${flow.from}` : baseUrl),
      jwt: ({ token, user }) => (user?.sessionToken ? { ...token, sessionToken: user.sessionToken } : token),
      session: ({ session, token }) => ({ expires: session.expires, user: { name: token.name } }),
    },
    events: { signOut: ({ token }) => end(token?.sessionToken ?? '', origin) },
    logger: LOGGER,
  };
}
