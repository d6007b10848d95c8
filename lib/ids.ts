import { randomBytes, randomUUID } from 'node:crypto';

/**
 * A new id of 24 hexadecimal characters, as the original service had: 4 bytes of seconds, then 8 random
 * bytes, so that ids made later sort later to the second (contract 4.1).
 */
export function newId(): string {
  const seconds = Math.floor(Date.now() / 1000);
  return seconds.toString(16).padStart(8, '0') + randomBytes(8).toString('hex');
}

/** Whether `newId` may have made it; what is no id names nothing. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text);
}

/** An id for one request, quoted in its error and in the log. */
export function newRequestId(): string {
  return randomUUID();
}

/** Digits, capitals, small letters: the order in which they count. */
export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `length` uniformly random base62 characters (5.95 bits each). */
export function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 = 4 × 62: larger bytes would favour the first characters.
      if (byte < 248 && text.length < length) text += BASE62[byte % 62];
    }
  }
  return text;
}
