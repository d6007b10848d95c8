import { requirePerson } from '#lib/accounts/require-person.ts';
import { authenticate, type Use } from '#lib/auth/authenticate.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { userAgent } from '#lib/http/client-facts.ts';
import { type Credential, readCredential } from '#lib/http/credentials.ts';
import { isFromOwnPage, isOwnHost } from '#lib/http/hosts.ts';
import type { PlainRequest } from '#lib/http/message.ts';
import type { Method } from '#lib/rpc/method.ts';

const LOG_IN =
  'You are not logged in, or your token has expired or was revoked. Log in again, or set JINA_AUTH_TOKEN to a token that works.';
/** For who sent no token at all: a client before docarray 0.11.3 knows none. */
const LOG_IN_TO_PUSH = `${LOG_IN} A client that is too old to log in can push only where the administrator sets ANONYMOUS_PUSH=on.`;

function logIn(sentence = LOG_IN): Fault {
  return new Fault('log-in', sentence);
}

/** @throws Fault `log-in` where nobody may not call this method. */
function requireForNobody(method: Method): void {
  if (method.access === 'user') throw logIn();
  if (method.access === 'pusher' && env().ANONYMOUS_PUSH === 'off') throw logIn(LOG_IN_TO_PUSH);
}

/**
 * Browsers send cookies, and forms without any credential, for pages that are not ours. What they can reach by
 * that must come to a Host of our own (or a name was bound to our address), and a write as a POST from one of our
 * own pages. Nothing of this holds for a token in a header, which no page can send unasked.
 */
function checkBrowser(request: PlainRequest, method: Method): void {
  if (!isOwnHost(request.header('host')))
    throw new Fault('not-allowed', 'This address is not one of this server. Open it by its own address.');
  if (method.effect === 'read') return;
  const isOurs = isFromOwnPage(request) || env().CORS_ORIGINS.includes(request.header('origin') ?? '');
  if (request.verb === 'POST' && isOurs) return;
  throw new Fault(
    'not-allowed',
    'A browser changes things here only by POST from this server’s own pages. Use a token instead.',
  );
}

function placeOf(request: PlainRequest): Use {
  return { address: request.address, client: userAgent(request) };
}

async function identify(
  request: PlainRequest,
  credential: Credential,
  method: Method,
): Promise<Caller | null> {
  if (credential.kind === 'none') return null;
  const caller = credential.isReadable ? await authenticate(credential.secret, placeOf(request)) : null;
  if (caller) return caller;
  // Where nobody ever needs to log in, a text that cannot be a token (docarray 0.14.10 sends one, contract 4.3) and a
  // cookie that is over count as none.
  if (method.access === 'anyone' && (!credential.isReadable || credential.from === 'cookie')) return null;
  throw logIn();
}

/** The answer to a method that there is not, or not for this caller. */
export function noMethod(name: string): Fault {
  const sentence = `There is no method ${name.slice(0, 100)}. See the documentation for what there is.`;
  return new Fault('no-method', sentence);
}

/**
 * The administrator who calls a method that is for them alone; they are found out first, so that nobody else learns
 * from a refusal that there is such a method.
 * @throws Fault `no-method` for everybody else; `not-allowed` for a program of an administrator's.
 */
async function authorizeAdministrator(
  request: PlainRequest,
  method: Method,
  credential: Credential,
  name: string,
): Promise<Caller> {
  const isReadable = credential.kind === 'secret' && credential.isReadable;
  const caller = isReadable ? await authenticate(credential.secret, placeOf(request)) : null;
  if (!caller?.isAdmin) throw noMethod(name);
  if (credential.kind === 'secret' && credential.from === 'cookie') checkBrowser(request, method);
  requirePerson(caller);
  return caller;
}

/**
 * Who calls, if they may call this method with this credential.
 * @param name the method's, as it was called.
 * @returns null for nobody, where the method is for anyone.
 * @throws Fault `log-in`, or `not-allowed` for what a browser may not do and for a scope that a token lacks.
 */
export async function authorize(request: PlainRequest, method: Method, name: string): Promise<Caller | null> {
  const credential = readCredential(request);
  if (method.access === 'administrator') return authorizeAdministrator(request, method, credential, name);
  const isCookie = credential.kind === 'secret' && credential.from === 'cookie';
  if (isCookie) checkBrowser(request, method);
  const caller = await identify(request, credential, method);
  if (!caller) {
    requireForNobody(method);
    if (method.effect === 'write') checkBrowser(request, method);
  }
  if (caller && method.scope && caller.scopes.length > 0 && !caller.scopes.includes(method.scope)) {
    throw new Fault('not-allowed', `This token lacks the scope ${method.scope}. Use one that has it.`);
  }
  return caller;
}
