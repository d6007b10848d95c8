import { hkdfSync } from 'node:crypto';

/**
 * A key of 32 bytes for one purpose, derived from AUTH_SECRET by HKDF-SHA-256, so that no two uses share a key.
 * The start of the server has put a generated secret into the environment when none was given.
 */
export function derivedKey(purpose: string): Buffer {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set yet');
  return Buffer.from(hkdfSync('sha256', secret, '', `groundstation ${purpose}`, 32));
}
