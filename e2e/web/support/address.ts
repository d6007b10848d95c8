import { randomBytes } from 'node:crypto';

/** Headers of somebody whom the server under test takes for one at an address that nobody else has. */
export function fromNewAddress(): Record<string, string> {
  return { 'x-forwarded-for': ['10', ...randomBytes(3)].join('.') };
}
