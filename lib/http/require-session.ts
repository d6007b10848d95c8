import { authenticate } from '#lib/auth/authenticate.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { Fault } from '#lib/errors.ts';
import { readCredential } from '#lib/http/credentials.ts';
import { isOwnHost } from '#lib/http/hosts.ts';
import type { PlainRequest } from '#lib/http/message.ts';

/**
 * The person whose browser asks, for what a page loads by itself.
 * @throws Fault `log-in` for whoever has no session in a browser, `not-allowed` for a foreign host.
 */
export async function requireSession(request: PlainRequest): Promise<Caller> {
  if (!isOwnHost(request.header('host')))
    throw new Fault('not-allowed', 'This address is not one of this server. Open it by its own address.');
  const credential = readCredential(request);
  const isCookie = credential.kind === 'secret' && credential.from === 'cookie' && credential.isReadable;
  const caller = isCookie ? await authenticate(credential.secret) : null;
  if (caller?.via === 'session' && !caller.isProgram) return caller;
  throw new Fault('log-in', 'You are not signed in. Sign in again.');
}
