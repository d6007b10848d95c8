import { randomBase62 } from '#lib/ids.ts';

const SECRET_LENGTH = 43;
/** How long a code counts. */
export const CODE_SECONDS = 60;

/** A new code, of 256 bits; only its hash may be kept. */
export function newCode(): string {
  return randomBase62(SECRET_LENGTH);
}
