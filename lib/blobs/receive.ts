import { createHash } from 'node:crypto';
import { overQuota, tooLarge } from '#lib/blobs/faults.ts';
import { HEAD_BYTES, type ProvisionalBlob } from '#lib/blobs/provisional.ts';
import { blobStore, type StoreKind } from '#lib/blobs/store.ts';
import { env } from '#lib/env.ts';
import { metrics } from '#lib/metrics.ts';

/** What is known of bytes that are in the store, durably. */
export interface ReceivedBlob {
  key: string;
  store: StoreKind;
  sizeBytes: number;
  sha256: Buffer;
  /** The first bytes, 16 at most. */
  head: Buffer;
}

/**
 * Streams `source` into the store under the provisional key, hashing on the way.
 * @throws Fault `too-large` past the limit, `over-quota` past the allowance; the source's own errors.
 */
export async function receiveBlob(
  blob: ProvisionalBlob,
  source: AsyncIterable<Uint8Array>,
  limitBytes = env().MAX_UPLOAD_BYTES ?? Number.POSITIVE_INFINITY,
): Promise<ReceivedBlob> {
  const hash = createHash('sha256');

  async function* measured(): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      if (blob.receivedBytes < HEAD_BYTES)
        blob.head.set(piece.subarray(0, HEAD_BYTES - blob.receivedBytes), blob.receivedBytes);
      blob.receivedBytes += piece.length;
      if (blob.receivedBytes > limitBytes) throw tooLarge(limitBytes);
      if (blob.receivedBytes > blob.allowanceBytes) throw overQuota();
      blob.requireLease();
      hash.update(piece);
      yield piece;
    }
  }

  try {
    await blobStore(blob.store).put(blob.key, measured());
  } finally {
    metrics().receivedBytes.inc(blob.receivedBytes);
  }
  return {
    key: blob.key,
    store: blob.store,
    sizeBytes: blob.receivedBytes,
    sha256: hash.digest(),
    head: blob.head.subarray(0, Math.min(HEAD_BYTES, blob.receivedBytes)),
  };
}
