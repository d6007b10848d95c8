import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { derivedKey } from '#lib/auth/auth-secret.ts';
import type { Clock } from '#lib/clock.ts';
import { Fault } from '#lib/errors.ts';
import { shared } from '#lib/shared.ts';

/** All that a download needs, so that serving it asks the database nothing. */
const linkSchema = z.object({
  key: z.string(),
  store: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  /** Hexadecimal. */
  sha256: z.string(),
  /** What the browser's "save as" offers. */
  filename: z.string(),
  /** Milliseconds since 1970. */
  expiresMs: z.number(),
});

/** A right to read one blob until a moment. */
export type BlobLink = z.infer<typeof linkSchema>;

function signature(payload: string): Buffer {
  // A key made once: from bytes, each signature would take seven times as long.
  const key = shared('download-link-key', () => createSecretKey(derivedKey('download link')));
  return createHmac('sha256', key).update(payload).digest();
}

/** The text of a link: base64url JSON, a dot, and its HMAC-SHA-256. Whoever holds it may read the blob. */
export function signLink(link: BlobLink): string {
  const payload = Buffer.from(JSON.stringify(link)).toString('base64url');
  return `${payload}.${signature(payload).toString('base64url')}`;
}

/**
 * Reads a link's text back.
 * @throws Fault `not-allowed` when it was changed or is over; the same sentence for both says nothing about blobs.
 */
export function openLink(text: string, clock: Clock): BlobLink {
  const refuse = () =>
    new Fault('not-allowed', 'This download link is wrong or has expired. Ask for a new one.');
  const [payload, mac, ...rest] = text.split('.');
  if (!payload || !mac || rest.length > 0) throw refuse();
  const given = Buffer.from(mac, 'base64url');
  const expected = signature(payload);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw refuse();
  const link = linkSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  if (link.expiresMs <= clock.now().getTime()) throw refuse();
  return link;
}
