import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import { PackageError } from '#lib/packages/package-error.ts';

/** Where the bytes of a zip are, on a disk or in S3. */
export interface PackageSource {
  sizeBytes: number;
  /**
   * Bytes `start` to `endInclusive`. It opens before it returns: whoever does not read to the end must destroy the stream.
   * @throws what the store throws; it is handed on as it is.
   */
  read(start: number, endInclusive: number): Promise<Readable>;
}

/** In S3 each read is a request: what lies close together is read at once. */
const BLOCK_BYTES = 128 * 1024;
/** 2 MiB for each open package. */
const MAX_BLOCKS = 16;

/** The source did not give its bytes; `cause` is what it threw. */
class SourceFailure extends Error {}

/** Reads a source by the block, and remembers the last blocks. */
export class SourceReader extends RandomAccessReader {
  readonly #source: PackageSource;
  readonly #blocks = new Map<number, Promise<Buffer>>();

  constructor(source: PackageSource) {
    super();
    this.#source = source;
  }

  get sizeBytes(): number {
    return this.#source.sizeBytes;
  }

  async #load(index: number): Promise<Buffer> {
    const start = index * BLOCK_BYTES;
    const block = Buffer.alloc(Math.min(BLOCK_BYTES, this.sizeBytes - start));
    let filled = 0;
    try {
      for await (const piece of await this.#source.read(start, start + block.length - 1))
        filled += (piece as Buffer).copy(block, filled);
      if (filled < block.length) throw new Error(`${block.length - filled} bytes are missing`);
    } catch (cause) {
      throw new SourceFailure('The bytes of a package cannot be read.', { cause });
    }
    return block;
  }

  #block(index: number): Promise<Buffer> {
    const block = this.#blocks.get(index) ?? this.#load(index);
    this.#blocks.delete(index);
    this.#blocks.set(index, block);
    // The next one who asks may have more luck.
    block.catch(() => this.#blocks.delete(index));
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > MAX_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest);
    return block;
  }

  /**
   * The bytes of a range that fits into memory.
   * @throws PackageError `malformed` beyond the end; SourceFailure.
   */
  async bytes(start: number, length: number): Promise<Buffer> {
    if (start + length > this.sizeBytes)
      throw new PackageError('malformed', 'The zip ends too early. Push it again.');
    const pieces: Buffer[] = [];
    for (let at = start; at < start + length; ) {
      const block = await this.#block(Math.floor(at / BLOCK_BYTES));
      const piece = block.subarray(at % BLOCK_BYTES).subarray(0, start + length - at);
      pieces.push(piece);
      at += piece.length;
    }
    return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  }

  /**
   * A stream of any range inside of the source.
   * @throws SourceFailure, and what the source throws later.
   */
  async stream(start: number, length: number): Promise<Readable> {
    if (length <= BLOCK_BYTES) return Readable.from([await this.bytes(start, length)], { objectMode: false });
    return this.#source.read(start, start + length - 1).catch((cause) => {
      throw new SourceFailure('The bytes of a package cannot be read.', { cause });
    });
  }

  /** What yauzl calls. */
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.bytes(position, length).then((bytes) => {
      bytes.copy(buffer, offset);
      callback(null);
    }, callback);
  }
}

/**
 * What to throw in place of an error that came up while a zip was read: the source's own errors as they are, and a
 * PackageError for what yauzl and zlib say about the bytes.
 */
export function inWords(error: unknown): unknown {
  if (error instanceof SourceFailure) return error.cause;
  if (error instanceof PackageError) return error;
  return new PackageError('malformed', 'The zip is damaged. Push it again.', { cause: error });
}
