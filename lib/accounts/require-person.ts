import type { Caller } from '#lib/auth/caller.ts';
import { Fault } from '#lib/errors.ts';

/**
 * What stands for the account itself is changed by the person, never by a token that lies in a file.
 * @throws Fault `not-allowed`.
 */
export function requirePerson(caller: Caller): void {
  if (caller.via === 'session' && !caller.isProgram) return;
  throw new Fault(
    'not-allowed',
    'A program cannot change the account. Sign in in a browser and change it in the settings.',
  );
}
