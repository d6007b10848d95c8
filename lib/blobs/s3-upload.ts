import type { CompletedPart, S3 } from '@aws-sdk/client-s3';
import { tooLarge } from '#lib/blobs/faults.ts';
import { PartBuffer } from '#lib/blobs/part-buffer.ts';
import { isNoUpload } from '#lib/blobs/s3-faults.ts';

/** A push does not say how long it will be, so all its parts but the last have one size. */
export const PART_BYTES = 8 * 1024 * 1024;
/** S3 takes no more, so an object has at most 80 GiB. */
export const MAX_PARTS = 10_000;
/** Of one upload: at most two parts are on their way. A third one makes no push faster, and eight pushes 70 MB larger. */
const BUFFERS = 2;
/** A small upload needs no room for a whole part. */
const FIRST_BYTES = 64 * 1024;

/** An object's place. */
interface Target {
  Bucket: string;
  Key: string;
}

interface UploadLimits {
  maxParts: number;
  /** Makes a signal that ends a request which takes too long. */
  deadline(): AbortSignal;
}

/** Writes one object: at once when it fits into a part, else in parts. After a failure the caller removes what is there. */
export class S3Upload {
  readonly #s3: S3;
  readonly #target: Target;
  readonly #limits: UploadLimits;
  readonly #buffers = Array.from(
    { length: BUFFERS },
    (_, i) => new PartBuffer(PART_BYTES, i === 0 ? FIRST_BYTES : PART_BYTES),
  );
  readonly #parts: Promise<CompletedPart>[] = [];
  #uploadId: string | undefined;
  /** Ends what is on its way as soon as one part has failed. */
  readonly #stop = new AbortController();
  #failure: { error: unknown } | null = null;

  constructor(s3: S3, target: Target, limits: UploadLimits) {
    this.#s3 = s3;
    this.#target = target;
    this.#limits = limits;
  }

  get #filling(): PartBuffer {
    return this.#buffers[this.#parts.length % BUFFERS] as PartBuffer;
  }

  /** @throws Fault `too-large` beyond the last part; the SDK's error as soon as it is known that a part has failed. */
  async write(piece: Uint8Array): Promise<void> {
    this.#requireHealthy();
    for (let rest = piece; rest.length > 0; ) {
      if (this.#filling.isFull) await this.#turn();
      rest = rest.subarray(this.#filling.add(rest));
    }
  }

  #requireHealthy(): void {
    if (this.#failure) throw this.#failure.error;
  }

  /** Sends the full part on its way and waits for the buffer whose turn it is. */
  async #turn(): Promise<void> {
    const { maxParts, deadline } = this.#limits;
    if (this.#parts.length + 1 === maxParts) throw tooLarge(maxParts * PART_BYTES);
    await this.#send(deadline());
    await this.#filling.inUse;
    this.#requireHealthy();
    this.#filling.empty();
  }

  async #send(deadline: AbortSignal): Promise<void> {
    const abortSignal = AbortSignal.any([deadline, this.#stop.signal]);
    this.#uploadId ??= (await this.#s3.createMultipartUpload(this.#object, { abortSignal })).UploadId;
    const buffer = this.#filling;
    const PartNumber = this.#parts.length + 1;
    const bytes = { ...this.#target, UploadId: this.#uploadId, PartNumber, Body: buffer.bytes };
    const part = this.#s3.uploadPart(bytes, { abortSignal }).then(({ ETag }) => ({ PartNumber, ETag }));
    this.#parts.push(part);
    buffer.inUse = part.then(
      () => {},
      (error) => {
        this.#failure ??= { error };
        this.#stop.abort();
      },
    );
  }

  get #object() {
    return { ...this.#target, ContentType: 'application/octet-stream' };
  }

  /** Sends what is left and makes it an object, before `abortSignal` says that it has taken too long. */
  async finish(abortSignal: AbortSignal): Promise<void> {
    if (this.#parts.length === 0) {
      await this.#s3.putObject({ ...this.#object, Body: this.#filling.bytes }, { abortSignal });
      return;
    }
    await this.#send(abortSignal);
    const MultipartUpload = { Parts: await Promise.all(this.#parts) };
    const whole = { ...this.#target, UploadId: this.#uploadId, MultipartUpload };
    await this.#s3.completeMultipartUpload(whole, { abortSignal }).catch((error) => {
      // An earlier try may have done it, and only its answer was lost: the caller looks at what is there.
      if (!isNoUpload(error)) throw error;
    });
  }

  /** Stops, and resolves when nothing is on its way any more. */
  async abandon(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#parts);
  }
}
