import { bytesGone, leaseLost, storeAway, storeFull, tooShort } from '#lib/blobs/faults.ts';
import { type Fault, isFault } from '#lib/errors.ts';

/** Names of errors that say that there is no room; Ceph's quota is a 403 that is no denial. */
const FULL = new Set(['QuotaExceeded', 'InsufficientStorage', 'InsufficientCapacity', 'XMinioStorageFull']);
const INSUFFICIENT_STORAGE = 507;

/** The HTTP status that the store answered with; undefined when it did not answer. */
export function answeredStatus(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** Whether the store says that there is no such object; a HEAD has only its status to say so. */
export function isNoObject(error: unknown): boolean {
  const { name } = error as Error;
  return name === 'NoSuchKey' || name === 'NotFound';
}

/** Whether the multipart upload is unknown: it was aborted, or completed by a try whose answer was lost. */
export function isNoUpload(error: unknown): boolean {
  return (error as Error).name === 'NoSuchUpload';
}

/** What a failed call of the store means; it was tried as often as makes sense. */
export function asStoreFault(error: unknown): Fault {
  if (isFault(error)) return error;
  const { name } = error as Error;
  if (FULL.has(name) || answeredStatus(error) === INSUFFICIENT_STORAGE) return storeFull(error);
  if (isNoObject(error)) return bytesGone(error);
  if (name === 'InvalidRange') return tooShort();
  if (isNoUpload(error)) return leaseLost();
  return storeAway(error);
}
