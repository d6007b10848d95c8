import type { Caller } from '#lib/auth/caller.ts';
import { Fault } from '#lib/errors.ts';

/**
 * What stands for the account itself is changed by the person, never by a token that lies in a file.
 * @throws Fault `not-allowed`.
 */
export function requireSession(caller: Caller): void {
  if (caller.via === 'session') return;
  throw new Fault('not-allowed', 'A token cannot change the account. Sign in and change it in the settings.');
}
