import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { tooShort } from '#lib/blobs/faults.ts';
import { metrics } from '#lib/metrics.ts';

/** Bytes read at once: larger reads are no faster. */
const READ_BYTES = 256 * 1024;

/**
 * Bytes `start` to `end` of a file, both inclusive, in pieces of at most 256 KiB. Who is done with a piece may give
 * it back by `recycle`: a pull of a gigabyte then uses three buffers, not four thousand, whose collection would
 * cost as much as sending them. Closes the file at the end and when it is destroyed.
 */
export class FileReader extends Readable {
  readonly #file: FileHandle;
  #at: number;
  readonly #end: number;
  readonly #spare: Buffer[] = [];
  #underWay: Promise<void> = Promise.resolve();

  constructor(file: FileHandle, start: number, end: number) {
    super({ highWaterMark: READ_BYTES });
    this.#file = file;
    this.#at = start;
    this.#end = end;
  }

  /** @throws what opening throws, and Fault `corrupt` when the file is shorter than `end`. */
  static async open(path: string, start: number, end: number): Promise<FileReader> {
    const file = await open(/* turbopackIgnore: true */ path, 'r');
    const { size } = await file.stat();
    if (size > end) return new FileReader(file, start, end);
    await file.close();
    throw tooShort();
  }

  override _read(): void {
    this.#underWay = this.#readOn().catch((error) => {
      this.destroy(error);
    });
  }

  async #readOn(): Promise<void> {
    const left = this.#end - this.#at + 1;
    if (left <= 0) {
      this.push(null);
      return;
    }
    const isLarge = left >= READ_BYTES;
    const buffer = (isLarge && this.#spare.pop()) || Buffer.allocUnsafeSlow(Math.min(left, READ_BYTES));
    const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, this.#at);
    if (bytesRead === 0) throw tooShort();
    this.#at += bytesRead;
    metrics().readBytes.inc(bytesRead);
    this.push(buffer.subarray(0, bytesRead));
  }

  /** Takes back a piece that nobody looks at any more. */
  recycle(piece: Buffer): void {
    if (piece.buffer.byteLength === READ_BYTES) this.#spare.push(Buffer.from(piece.buffer));
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    // A read that is under way still writes into its buffer.
    void this.#underWay
      .finally(() => this.#file.close())
      .then(
        () => callback(error),
        (failure) => callback(error ?? failure),
      );
  }
}
