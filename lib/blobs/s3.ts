import { Readable } from 'node:stream';
import type {
  ListMultipartUploadsRequest,
  ListObjectsV2Request,
  MultipartUpload,
  S3,
} from '@aws-sdk/client-s3';
import { leaseLost, storeAway, tooShort } from '#lib/blobs/faults.ts';
import { connectS3, type S3Patience, type S3Place } from '#lib/blobs/s3-client.ts';
import { asStoreFault, isNoObject, isNoUpload } from '#lib/blobs/s3-faults.ts';
import { readResuming } from '#lib/blobs/s3-read.ts';
import { MAX_PARTS, S3Upload } from '#lib/blobs/s3-upload.ts';
import type { BlobStore, DirectLink } from '#lib/blobs/store.ts';
import { SECOND_MS } from '#lib/clock.ts';

/** Whoever asks whether the store is there wants to know soon. */
const CHECK_TIMEOUT_MS = 3 * SECOND_MS;

interface S3Limits {
  patience: S3Patience;
  /** Fewer in tests. */
  maxParts?: number;
}

/** The registry of images keeps its layers beside our blobs, and looks after them itself (lib/registry/config.ts). */
function isRegistry(key: string): boolean {
  return key.startsWith('registry/');
}

/** Blobs as objects of one bucket, which holds nothing else but images; the key of an object is that of its blob. */
export class S3Store implements BlobStore {
  readonly #place: S3Place;
  readonly #limits: S3Limits;
  #connected: Promise<S3> | undefined;
  #connectedForClients: Promise<S3> | undefined;

  constructor(place: S3Place, limits: S3Limits) {
    this.#place = place;
    this.#limits = limits;
  }

  async #call<T>(work: (s3: S3) => Promise<T>): Promise<T> {
    this.#connected ??= connectS3(this.#place.region, this.#place.endpoint, this.#limits.patience);
    const s3 = await this.#connected;
    return work(s3).catch((error) => {
      throw asStoreFault(error);
    });
  }

  #object(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#place.bucket, Key: key };
  }

  /** For one request, or for several that a client waits for as for one. */
  #deadline(): AbortSignal {
    return AbortSignal.timeout(this.#limits.patience.requestMs);
  }

  async put(key: string, source: AsyncIterable<Uint8Array>): Promise<void> {
    const { maxParts = MAX_PARTS } = this.#limits;
    const deadline = () => this.#deadline();
    const upload = await this.#call(
      async (s3) => new S3Upload(s3, this.#object(key), { maxParts, deadline }),
    );
    let sizeBytes = 0;
    try {
      for await (const piece of source) {
        sizeBytes += piece.length;
        await this.#call(() => upload.write(piece));
      }
      const end = this.#deadline();
      await this.#call(() => upload.finish(end));
      await this.#requireSize(key, sizeBytes, end);
    } catch (error) {
      await upload.abandon();
      // Whatever is there by now, also by a request whose answer never came. What stays is the sweep's.
      await this.delete(key).catch(() => {});
      throw error;
    }
  }

  async #requireSize(key: string, sizeBytes: number, abortSignal: AbortSignal): Promise<void> {
    const head = await this.#head(key, abortSignal);
    if (!head) throw leaseLost();
    if (head.sizeBytes !== sizeBytes)
      throw storeAway(new Error(`the store has ${head.sizeBytes} bytes of ${sizeBytes}`));
  }

  async read(key: string, start: number, end: number): Promise<Readable> {
    return readResuming((from) => this.#open(key, from, end), start, end);
  }

  async #open(key: string, start: number, end: number): Promise<Readable> {
    const range = { ...this.#object(key), Range: `bytes=${start}-${end}` };
    // Only the wait for the answer has an end; its body takes as long as the client does.
    const opening = new AbortController();
    const timer = setTimeout(() => opening.abort(), this.#limits.patience.requestMs);
    const { Body, ContentLength } = await this.#call((s3) =>
      s3.getObject(range, { abortSignal: opening.signal }),
    ).finally(() => clearTimeout(timer));
    if (!(Body instanceof Readable)) throw new Error('the SDK gave no stream');
    if (ContentLength === end - start + 1) return Body;
    Body.destroy();
    throw tooShort();
  }

  head(key: string): Promise<{ sizeBytes: number } | null> {
    return this.#head(key, this.#deadline());
  }

  async #head(key: string, abortSignal: AbortSignal): Promise<{ sizeBytes: number } | null> {
    const head = await this.#call((s3) =>
      s3.headObject(this.#object(key), { abortSignal }).catch((error) => {
        if (isNoObject(error)) return null;
        throw error;
      }),
    );
    return head && { sizeBytes: head.ContentLength ?? 0 };
  }

  async delete(key: string): Promise<void> {
    const abortSignal = AbortSignal.timeout(this.#limits.patience.deleteMs);
    for await (const { Key, UploadId } of this.#unfinished(key, abortSignal)) {
      if (Key === key) await this.#call((s3) => abort(s3, { ...this.#object(key), UploadId }, abortSignal));
    }
    await this.#call((s3) => s3.deleteObject(this.#object(key), { abortSignal }));
  }

  /** Uploads in parts that were neither completed nor aborted, whoever began them. */
  async *#unfinished(prefix?: string, deadline?: AbortSignal): AsyncGenerator<MultipartUpload> {
    const where: ListMultipartUploadsRequest = { Bucket: this.#place.bucket, Prefix: prefix };
    do {
      const abortSignal = deadline ?? this.#deadline();
      const page = await this.#call((s3) => s3.listMultipartUploads(where, { abortSignal }));
      yield* page.Uploads ?? [];
      where.KeyMarker = page.IsTruncated ? page.NextKeyMarker : undefined;
      where.UploadIdMarker = page.NextUploadIdMarker;
    } while (where.KeyMarker);
  }

  async *list(): AsyncIterable<string> {
    const where: ListObjectsV2Request = { Bucket: this.#place.bucket };
    do {
      const abortSignal = this.#deadline();
      const page = await this.#call((s3) => s3.listObjectsV2(where, { abortSignal }));
      for (const { Key } of page.Contents ?? []) if (Key && !isRegistry(Key)) yield Key;
      where.ContinuationToken = page.NextContinuationToken;
    } while (where.ContinuationToken);
    for await (const { Key } of this.#unfinished()) if (Key && !isRegistry(Key)) yield Key;
  }

  async check(): Promise<void> {
    const abortSignal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
    await this.#call((s3) => s3.headBucket({ Bucket: this.#place.bucket }, { abortSignal }));
  }

  async directUrl(key: string, { expiresMs, contentDisposition }: DirectLink): Promise<string | null> {
    const { region, endpoint, publicEndpoint = endpoint } = this.#place;
    // S3 counts whole seconds from the last whole second.
    const expiresIn = Math.floor(expiresMs / SECOND_MS) - Math.floor(Date.now() / SECOND_MS);
    if (publicEndpoint === null || expiresIn < 1) return null;
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
    this.#connectedForClients ??= connectS3(region, publicEndpoint, this.#limits.patience);
    const command = new GetObjectCommand({
      ...this.#object(key),
      ResponseContentType: 'application/octet-stream',
      ResponseContentDisposition: contentDisposition,
    });
    return getSignedUrl(await this.#connectedForClients, command, { expiresIn });
  }
}

async function abort(
  s3: S3,
  upload: { Bucket: string; Key: string; UploadId: string | undefined },
  abortSignal: AbortSignal,
): Promise<void> {
  await s3.abortMultipartUpload(upload, { abortSignal }).catch((error) => {
    if (!isNoUpload(error)) throw error;
  });
}
