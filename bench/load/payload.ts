import { createHash } from 'node:crypto';
import type { Payload } from './plan.ts';

const MIB = 1024 * 1024;
const LINE_BYTES = 16;

/** 1 MiB in which no two lines are alike, so that nothing on the way can shorten it. */
const PATTERN = Buffer.from(
  Array.from({ length: MIB / LINE_BYTES }, (_, line) =>
    Math.imul(line + 1, 2_654_435_761)
      .toString(16)
      .padStart(LINE_BYTES, '0'),
  ).join(''),
);

/** The pieces of a payload's pattern, at most 1 MiB each. */
export function* patternPieces(sizeBytes: number): Generator<Buffer> {
  for (let left = sizeBytes; left > 0; left -= MIB) yield left >= MIB ? PATTERN : PATTERN.subarray(0, left);
}

/** What makes bytes of one size differ comes first, and counts. */
const MARK_BYTES = 32;
/** From here on a digest takes long enough to be worked out once. */
const LARGE_BYTES = 16 * MIB;

/** The mark of what is pushed under a name. Large ones whose names begin alike (`push-1`, `push-2`) are the same bytes. */
function markOf(name: string, sizeBytes: number): string {
  const kind = sizeBytes < LARGE_BYTES ? name : name.split('-')[0];
  return createHash('sha256').update(`${kind}`).digest('hex').slice(0, MARK_BYTES);
}

const digests = new Map<string, string>();

/** The SHA-256, hexadecimal, of what is pushed under a name. */
export function digestOf(name: string, sizeBytes: number): string {
  const mark = markOf(name, sizeBytes);
  const key = `${mark} ${sizeBytes}`;
  const known = digests.get(key);
  if (known) return known;
  const hash = createHash('sha256').update(mark);
  for (const piece of patternPieces(sizeBytes - MARK_BYTES)) hash.update(piece);
  const digest = hash.digest('hex');
  if (sizeBytes >= LARGE_BYTES) digests.set(key, digest);
  return digest;
}

/** The bytes that are pushed under a name, between what a protocol puts around them. */
export function payloadOf(name: string, sizeBytes: number, around: Partial<Payload> = {}): Payload {
  const { before = '', after = '', isChunked = false } = around;
  return { before: before + markOf(name, sizeBytes), sizeBytes: sizeBytes - MARK_BYTES, after, isChunked };
}
