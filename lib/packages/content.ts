import { pipeline, type Readable, Transform, type TransformCallback } from 'node:stream';
import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import type { ZipFile } from 'yauzl';
import type { Item } from '#lib/packages/directory.ts';
import { DEFLATED, UTF8 } from '#lib/packages/entry-rules.ts';
import { PackageError, quoted } from '#lib/packages/package-error.ts';
import { inWords, type SourceReader } from '#lib/packages/source-reader.ts';

const SIZES_FOLLOW = 0x8;
const IN_ZIP64_FIELD = 0xffffffff;

function damaged(path: string, cause?: unknown): PackageError {
  const sentence = `The file ${quoted(path)} is not what the zip says about it. Push it again.`;
  return new PackageError('malformed', sentence, { cause });
}

/** Lets content through, and fails at its end or earlier when it is not what the directory says. */
class Checked extends Transform {
  readonly #item: Item;
  readonly #inflate: InflateRaw | null;
  #sizeBytes = 0;
  #crc = 0;

  constructor(item: Item, inflate: InflateRaw | null) {
    super();
    this.#item = item;
    this.#inflate = inflate;
  }

  override _transform(piece: Buffer, _encoding: string, callback: TransformCallback): void {
    this.#sizeBytes += piece.length;
    this.#crc = crc32(piece, this.#crc);
    if (this.#sizeBytes > this.#item.entry.uncompressedSize) callback(damaged(this.#item.path));
    else callback(null, piece);
  }

  override _flush(callback: TransformCallback): void {
    const { crc32: crc, uncompressedSize, compressedSize } = this.#item.entry;
    const isAllRead = !this.#inflate || this.#inflate.bytesWritten === compressedSize;
    const isWhole = this.#sizeBytes === uncompressedSize && this.#crc === crc && isAllRead;
    callback(isWhole ? null : damaged(this.#item.path));
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    const isOfZlib = error && 'code' in error && String(error.code).startsWith('Z_');
    callback(isOfZlib ? damaged(this.#item.path, error) : error);
  }
}

/** Where the content of an entry begins. @throws PackageError when the entry and the directory differ. */
async function findContent(zip: ZipFile, { path, entry, endsBefore }: Item): Promise<number> {
  const header = await zip.readLocalFileHeaderPromise(entry);
  const agrees = (key: 'crc32' | 'compressedSize' | 'uncompressedSize') =>
    header[key] === entry[key] || (header[key] === IN_ZIP64_FIELD && key !== 'crc32');
  const isSame =
    header.fileName.equals(entry.fileNameRaw) &&
    header.compressionMethod === entry.compressionMethod &&
    (header.generalPurposeBitFlag & UTF8) === (entry.generalPurposeBitFlag & UTF8) &&
    (header.generalPurposeBitFlag & SIZES_FOLLOW ||
      (agrees('crc32') && agrees('compressedSize') && agrees('uncompressedSize')));
  if (!isSame || header.fileDataStart + entry.compressedSize > endsBefore) throw damaged(path);
  return header.fileDataStart;
}

/**
 * The content of a file. Whoever does not read to the end must destroy the stream.
 * @throws PackageError `malformed`, as the stream does at its end: only then the content is what the directory says.
 */
export async function openContent(reader: SourceReader, zip: ZipFile, item: Item): Promise<Readable> {
  try {
    const start = await findContent(zip, item);
    const packed = await reader.stream(start, item.entry.compressedSize);
    const inflate = item.entry.compressionMethod === DEFLATED ? createInflateRaw() : null;
    const checked = new Checked(item, inflate);
    // The error is the one that `checked` fails with.
    const done = () => undefined;
    return inflate ? pipeline(packed, inflate, checked, done) : pipeline(packed, checked, done);
  } catch (error) {
    throw inWords(error);
  }
}
