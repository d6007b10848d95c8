import { Readable } from 'node:stream';
import { storeAway } from '#lib/blobs/faults.ts';
import { metrics } from '#lib/metrics.ts';

/** Opens the object at a byte, up to the end that was asked for. */
type Open = (start: number) => Promise<Readable>;

async function* resumed(first: Readable, open: Open, start: number, end: number): AsyncGenerator<Buffer> {
  let body = first;
  for (let at = start; ; body = await open(at)) {
    const openedAt = at;
    let cause: unknown;
    try {
      for await (const piece of body) {
        at += piece.length;
        metrics().readBytes.inc(piece.length);
        yield piece;
      }
    } catch (error) {
      cause = error;
    }
    if (at > end) return;
    // A store may cut a reader that is slow, or be restarted; one that gives nothing at all is away.
    if (at === openedAt) throw storeAway(cause);
  }
}

/**
 * The bytes `start` to `end` of an object, both inclusive, over as many connections as it takes. It is open when
 * this returns.
 * @throws whatever `open` throws, also while it is read.
 */
export async function readResuming(open: Open, start: number, end: number): Promise<Readable> {
  const first = await open(start);
  const body = Readable.from(resumed(first, open, start, end), { objectMode: false });
  // A generator that was never begun cleans nothing up.
  body.once('close', () => first.destroy());
  return body;
}
