import { hash } from 'node:crypto';

/** Only the SHA-256 of a credential is kept: with 238 random bits or more, a slow hash would add nothing. */
export function hashSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
