import { isKeepable } from '#lib/db/keepable.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';

const MAX_LENGTH = 2000;
const LOOPBACK = new Set(['localhost', '127.0.0.1']);

/**
 * The address that a code may be sent to: a program on the person's own machine, or a page of CORS_ORIGINS or of ours.
 * @throws Fault `invalid` for any other, and for what is no address.
 */
export function redirectTarget(text: string): string {
  const url = text.length > MAX_LENGTH ? null : URL.parse(text);
  const isLoopback = url?.protocol === 'http:' && LOOPBACK.has(url.hostname);
  const isAllowed =
    url !== null && (isLoopback || [env().PUBLIC_URL, ...env().CORS_ORIGINS].includes(url.origin));
  if (isAllowed && url.username === '' && url.password === '' && url.hash === '') return url.href;
  throw new Fault(
    'invalid',
    'A login may lead to http://localhost, http://127.0.0.1 or a page of CORS_ORIGINS only. Give such a redirectUri.',
  );
}

/** @throws Fault `invalid` for a state that cannot be given back as it came. */
export function requireReturnable(state: string | undefined): void {
  if (state === undefined || (state.length <= MAX_LENGTH && isKeepable(state))) return;
  throw new Fault('invalid', `state is a text of at most ${MAX_LENGTH} characters. Give a shorter one.`);
}
