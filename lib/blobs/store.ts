import path from 'node:path';
import type { Readable } from 'node:stream';
import { DiskStore } from '#lib/blobs/disk.ts';
import { noSuchStore } from '#lib/blobs/faults.ts';
import { S3Store } from '#lib/blobs/s3.ts';
import { patienceFor, type S3Place } from '#lib/blobs/s3-client.ts';
import { env } from '#lib/env.ts';
import { shared } from '#lib/shared.ts';

/** Names of the kinds of store, as they stand in `blob.store`. */
export type StoreKind = 'disk' | 's3';

/** What a URL into the store itself must keep to. */
export interface DirectLink {
  /** Milliseconds since 1970; the URL is good until then at the latest. */
  expiresMs: number;
  /** The value of the header that the store sends with the bytes. */
  contentDisposition: string;
}

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
  /** @throws when the store cannot take bytes now; within seconds. */
  check(): Promise<void>;
  /**
   * Where whoever has the URL gets the bytes without us, by GET alone; null when they pass through us. The store is
   * not asked.
   */
  directUrl(key: string, link: DirectLink): Promise<string | null>;
}

/** The store that new blobs go to. */
export function currentStore(): StoreKind {
  return env().BLOB_STORE;
}

/** The bucket of the settings, or null when there is none. */
function s3Place(): S3Place | null {
  const { S3_BUCKET, S3_REGION, S3_ENDPOINT, S3_PUBLIC_ENDPOINT } = env();
  if (S3_BUCKET === undefined) return null;
  const publicEndpoint = S3_PUBLIC_ENDPOINT === 'none' ? null : S3_PUBLIC_ENDPOINT;
  return { bucket: S3_BUCKET, region: S3_REGION, endpoint: S3_ENDPOINT, publicEndpoint };
}

/**
 * The store of a row; rows keep their store when `BLOB_STORE` changes.
 * @throws Fault `unavailable` for a row in a bucket that the settings do not name any more.
 */
export function blobStore(kind: string = currentStore()): BlobStore {
  if (kind === 'disk') return shared('blob-store-disk', () => new DiskStore(blobFolder()));
  const place = s3Place();
  if (kind !== 's3' || !place) throw noSuchStore(kind);
  const patience = patienceFor(env().IDLE_TIMEOUT_MS);
  return shared('blob-store-s3', () => new S3Store(place, { patience }));
}

/** Every store that may hold bytes of ours, by the settings. */
export function everyStore(): BlobStore[] {
  return s3Place() ? [blobStore('disk'), blobStore('s3')] : [blobStore('disk')];
}

function blobFolder(): string {
  return path.join(/* turbopackIgnore: true */ env().DATA_DIR, 'blobs');
}
