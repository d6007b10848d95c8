import { isKeepable } from '#lib/db/keepable.ts';
import { Fault } from '#lib/errors.ts';

const MAX_TOKEN_NAME_LENGTH = 100;

/** @throws Fault `invalid` for what no token can be called. */
export function requireTokenName(name: string): void {
  if (name.trim() !== '' && name.length <= MAX_TOKEN_NAME_LENGTH && isKeepable(name)) return;
  throw new Fault('invalid', `A token needs a name of 1 to ${MAX_TOKEN_NAME_LENGTH} characters.`);
}

/** What a person is told whose other token has the name. */
export function tokenNameTaken(name: string): Fault {
  return new Fault(
    'name-taken',
    `You already have a token named ${name}. Choose another name, or delete that one first.`,
  );
}
