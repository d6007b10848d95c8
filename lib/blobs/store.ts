import path from 'node:path';
import type { Readable } from 'node:stream';
import { DiskStore } from '#lib/blobs/disk.ts';
import { env } from '#lib/env.ts';
import { shared } from '#lib/shared.ts';

/** Names of the kinds of store, as they stand in `blob.store`. */
export type StoreKind = 'disk';

/**
 * Where bytes live, under immutable keys of 24 hexadecimal characters. Nothing that a client sent is ever
 * part of a key.
 */
export interface BlobStore {
  /**
   * Writes a stream; when it returns, the bytes survive a power cut under `key`. When it throws (the source's
   * own errors included), nothing is under `key`; what is half written goes with `delete`.
   */
  put(key: string, source: AsyncIterable<Uint8Array>): Promise<void>;
  /**
   * Bytes `start` to `end`, both inclusive, in pieces of at most 1 MiB. It opens before it returns: whoever does
   * not read to the end must destroy the stream.
   * @throws Fault `gone-from-store` when there is nothing under `key`, `corrupt` when there is less than that.
   */
  read(key: string, start: number, end: number): Promise<Readable>;
  /** The size in bytes, or null when there is nothing under `key`. */
  head(key: string): Promise<{ sizeBytes: number } | null>;
  /** Removes what is under `key`, half-written bytes included; nothing there is fine. */
  delete(key: string): Promise<void>;
  /** Every key that has bytes, whole or half written. */
  list(): AsyncIterable<string>;
  /** @throws when the store cannot take bytes now. */
  check(): Promise<void>;
}

/** The store that new blobs go to. */
export function currentStore(): StoreKind {
  return env().BLOB_STORE;
}

/** The store of a row; rows keep their store when `BLOB_STORE` changes. */
export function blobStore(kind: string = currentStore()): BlobStore {
  if (kind !== 'disk') throw new Error(`no store of kind ${kind}`);
  return shared(
    'blob-store-disk',
    () => new DiskStore(path.join(/* turbopackIgnore: true */ env().DATA_DIR, 'blobs')),
  );
}
