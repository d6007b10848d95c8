import { blobStore } from '#lib/blobs/store.ts';
import { type Fields, fieldsOf } from '#lib/documents/fields.ts';
import { log } from '#lib/log.ts';
import { shared } from '#lib/shared.ts';

/** Stored bytes that are read. */
const MAX_STORED_BYTES = 512 * 1024;
/** A store that takes longer is not waited for. */
const READ_TIMEOUT_MS = 3_000;
/** What was found lately: a page reads again with every change, but what is stored under a key never changes. */
const MAX_KEPT = 200;

/** Where bytes are stored. */
export interface StoredBytes {
  key: string;
  store: string;
  sizeBytes: number;
}

async function readBeginning({ key, store, sizeBytes }: StoredBytes, signal: AbortSignal): Promise<Buffer> {
  const length = Math.min(sizeBytes, MAX_STORED_BYTES);
  const body = await blobStore(store).read(key, 0, length - 1);
  const stop = () => body.destroy();
  signal.addEventListener('abort', stop);
  try {
    signal.throwIfAborted();
    const pieces: Buffer[] = [];
    for await (const piece of body) pieces.push(piece);
    return Buffer.concat(pieces);
  } finally {
    signal.removeEventListener('abort', stop);
    body.destroy();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** The fields of the first documents of what is stored; null where nothing can be read, or not soon. */
export async function readFields(stored: StoredBytes): Promise<Fields | null> {
  if (stored.sizeBytes === 0) return null;
  const kept = shared('fields', () => new Map<string, Fields | null>());
  const known = kept.get(stored.key);
  if (known !== undefined) return known;
  const signal = AbortSignal.timeout(READ_TIMEOUT_MS);
  try {
    // A store may be silent for longer than a stream takes to notice that nobody wants it any more.
    const beginning = await Promise.race([readBeginning(stored, signal), aborted(signal)]);
    const fields = await fieldsOf(beginning);
    kept.set(stored.key, fields);
    for (const oldest of kept.keys()) if (kept.size > MAX_KEPT) kept.delete(oldest);
    return fields;
  } catch (error) {
    log().warn(
      { err: (error as Error).message, blob: stored.key },
      'could not read the fields of an artifact',
    );
    return null;
  }
}
