import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { open, rename } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';

const WRITE_BYTES = 1024 * 1024;
const SYNC_EVERY_BYTES = 64 * WRITE_BYTES;
const CR = 0x0d;

/** Writes in pieces of 1 MiB behind the reader, at most one at a time; pushes dirty bytes out every 64 MiB. */
class Writer {
  readonly #file: FileHandle;
  #pieces: Buffer[] = [];
  #bytes = 0;
  #unsyncedBytes = 0;
  #underWay: Promise<void> | null = null;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @returns a promise when the reader should wait. */
  add(piece: Buffer): Promise<void> | null {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    if (this.#bytes < WRITE_BYTES) return null;
    if (this.#underWay) return this.#underWay.then(() => this.#begin());
    this.#begin();
    return null;
  }

  #begin(): void {
    const [pieces, bytes] = [this.#pieces, this.#bytes];
    this.#pieces = [];
    this.#bytes = 0;
    this.#underWay = this.#write(pieces, bytes).finally(() => {
      this.#underWay = null;
    });
  }

  async #write(pieces: Buffer[], bytes: number): Promise<void> {
    const { bytesWritten } = await this.#file.writev(pieces);
    if (bytesWritten !== bytes) throw new Error('a short write');
    this.#unsyncedBytes += bytes;
    if (this.#unsyncedBytes < SYNC_EVERY_BYTES) return;
    this.#unsyncedBytes = 0;
    await this.#file.datasync();
  }

  async finish(): Promise<void> {
    await this.#underWay;
    await this.#write(this.#pieces, this.#bytes);
    await this.#file.sync();
  }
}

/** Cuts the first part out of a multipart body; what follows it is kept as text. */
class FilePart {
  readonly #delimiter: Buffer;
  #before: Buffer | null = Buffer.alloc(0);
  #carried: Buffer = Buffer.alloc(0);
  #after: Buffer[] | null = null;

  constructor(boundary: string) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
  }

  /** The bytes of the file in the next piece of the body. */
  take(piece: Buffer): Buffer {
    if (this.#after) {
      this.#after.push(piece);
      return piece.subarray(0, 0);
    }
    if (!this.#before) return this.#cut(piece);
    const opening = Buffer.concat([this.#before, piece]);
    const at = opening.indexOf('\r\n\r\n');
    this.#before = at === -1 ? opening : null;
    return at === -1 ? piece.subarray(0, 0) : this.#cut(opening.subarray(at + 4));
  }

  #cut(piece: Buffer): Buffer {
    const bytes = this.#carried.length === 0 ? piece : Buffer.concat([this.#carried, piece]);
    const at = bytes.indexOf(this.#delimiter);
    if (at !== -1) {
      this.#after = [bytes.subarray(at + this.#delimiter.length)];
      return bytes.subarray(0, at);
    }
    const tail = bytes.indexOf(CR, Math.max(0, bytes.length - this.#delimiter.length + 1));
    this.#carried = tail === -1 ? bytes.subarray(0, 0) : Buffer.from(bytes.subarray(tail));
    return tail === -1 ? bytes : bytes.subarray(0, tail);
  }

  /** The value of a text field. @throws when the body has ended before its closing boundary. */
  field(name: string): string {
    const text = Buffer.concat(this.#after ?? []).toString();
    if (!text.endsWith('--\r\n')) throw new Error('the body ended early');
    return new RegExp(`name="${name}"\r\n\r\n(.*?)\r\n--`, 's').exec(text)?.[1] ?? '';
  }
}

/** What was received, durably. */
export interface Received {
  id: string;
  name: string;
  sizeBytes: number;
  sha256: Buffer;
}

type Upload = Received & {
  /** The value of a text field of the body. */
  fields(name: string): string;
};

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}

/**
 * All that a durable push needs and nothing else: the file cut out of the body, hashed, written to a temporary file,
 * fsynced, renamed, its folder fsynced.
 */
export async function receive(req: IncomingMessage, folder: string): Promise<Upload> {
  const boundary = /boundary=(\S+)/.exec(req.headers['content-type'] ?? '')?.[1] ?? '';
  const part = new FilePart(boundary);
  const hash = createHash('sha256');
  const id = randomBytes(12).toString('hex');
  const partial = path.join(folder, `${id}.partial`);
  const file = await open(partial, 'wx', 0o600);
  const writer = new Writer(file);
  let sizeBytes = 0;
  req.on('data', (piece: Buffer) => {
    const bytes = part.take(piece);
    if (bytes.length === 0) return;
    sizeBytes += bytes.length;
    hash.update(bytes);
    const wait = writer.add(bytes);
    if (!wait) return;
    req.pause();
    wait.then(
      () => req.resume(),
      (error) => req.destroy(error),
    );
  });
  await once(req, 'end');
  await writer.finish();
  await file.close();
  await rename(partial, path.join(folder, id));
  await syncFolder(folder);
  const fields = (name: string) => part.field(name);
  return { id, name: fields('name'), sizeBytes, sha256: hash.digest(), fields };
}
