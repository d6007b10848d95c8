import { hash } from 'node:crypto';
import { randomBase62 } from '#lib/ids.ts';

/** 43 base62 characters carry 256 bits. */
const LENGTH = 43;

/** A secret that nobody guesses, for links, codes and cookies. */
export function newSecret(): string {
  return randomBase62(LENGTH);
}

/** Only the SHA-256 of a credential is kept: with 238 random bits or more, a slow hash would add nothing. */
export function hashSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
