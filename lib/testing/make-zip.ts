import { Readable } from 'node:stream';
import { crc32, deflateRawSync } from 'node:zlib';
import type { PackageSource } from '#lib/packages/source-reader.ts';

/** What a header says about a file. */
interface Header {
  name: Buffer;
  extra: Buffer;
  flags: number;
  method: number;
  version: number;
  crc: number;
  compressedSize: number;
  size: number;
  /** Of the central header only. */
  offset: number;
  comment: Buffer;
}

/** A file of a hand-made zip. */
export interface ZipPart {
  name: string | Buffer;
  content?: string | Buffer;
  /** Deflated, not stored. */
  isDeflated?: boolean;
  /** What stands in the zip for the content. */
  packed?: Buffer;
  mode?: number;
  /** Sizes and checksum stand behind the content. */
  hasDescriptor?: boolean;
  /** Sizes and offset stand in the field for large files. */
  isZip64?: boolean;
  /** Where the headers say something else than what is. */
  local?: Partial<Header>;
  central?: Partial<Header>;
}

/** What the end of a hand-made zip says in place of what is. */
export interface ZipEnd {
  isZip64?: boolean;
  comment?: Buffer;
  disk?: number;
  entriesHere?: number;
  entryCount?: number;
  sizeBytes?: number;
  start?: number;
  /** Of the zip64 records. */
  entryCount64?: number;
  locatedAt?: number;
  recordBytes?: number;
  /** Bytes before the first file, which offsets count; between the files and the directory; behind the end. */
  prefix?: Buffer;
  gap?: Buffer;
  suffix?: Buffer;
}

const UTF8 = 0x800;
const PIECE_BYTES = 50_000;

/** Little-endian numbers, each with its width in bytes. */
export function numbers(...fields: [width: 2 | 4 | 8, value: number][]): Buffer {
  return Buffer.concat(
    fields.map(([width, value]) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
      return bytes.subarray(0, width);
    }),
  );
}

/** An extra field of a header. */
export function extraField(id: number, data: Buffer): Buffer {
  return Buffer.concat([numbers([2, id], [2, data.length]), data]);
}

function headerOf(part: ZipPart, offset: number, packed: Buffer): Header {
  const content = Buffer.from(part.content ?? '');
  return {
    name: Buffer.from(part.name as Buffer),
    extra: Buffer.alloc(0),
    flags: UTF8 | (part.hasDescriptor ? 0x8 : 0),
    method: part.isDeflated ? 8 : 0,
    version: 20,
    crc: crc32(content),
    compressedSize: packed.length,
    size: content.length,
    offset,
    comment: Buffer.alloc(0),
  };
}

/** The large numbers moved into the field for them. */
function inZip64(header: Header): Header {
  const { size, compressedSize, offset } = header;
  const extra = extraField(1, numbers([8, size], [8, compressedSize], [8, offset]));
  return { ...header, extra, size: 0xffffffff, compressedSize: 0xffffffff, offset: 0xffffffff };
}

function common({ version, flags, method, crc, compressedSize, size, name, extra }: Header): Buffer {
  return Buffer.concat([
    numbers([2, version], [2, flags], [2, method], [4, 0x00210000]),
    numbers([4, crc], [4, compressedSize], [4, size], [2, name.length], [2, extra.length]),
  ]);
}

function localOf(part: ZipPart, header: Header, packed: Buffer): Buffer {
  const sizes = part.hasDescriptor ? { crc: 0, compressedSize: 0, size: 0 } : {};
  const local = { ...header, ...sizes, ...part.local };
  const { crc, compressedSize, size } = header;
  const descriptor = numbers([4, 0x08074b50], [4, crc], [4, compressedSize], [4, size]);
  return Buffer.concat([
    Buffer.from('PK\x03\x04'),
    common(local),
    local.name,
    local.extra,
    packed,
    part.hasDescriptor ? descriptor : Buffer.alloc(0),
  ]);
}

function centralOf(part: ZipPart, header: Header): Buffer {
  const central = { ...(part.isZip64 ? inZip64(header) : header), ...part.central };
  const { name, extra, comment, offset } = central;
  const attributes = (part.mode ?? 0o100644) * 0x10000;
  return Buffer.concat([
    Buffer.from('PK\x01\x02'),
    numbers([2, (3 << 8) | 20]),
    common(central),
    numbers([2, comment.length], [4, 0], [4, attributes], [4, offset]),
    name,
    extra,
    comment,
  ]);
}

function endOf(end: ZipEnd, is: { start: number; sizeBytes: number; count: number }): Buffer {
  const { disk = 0, comment = Buffer.alloc(0), entryCount = is.count } = end;
  const { entriesHere = entryCount, sizeBytes = is.sizeBytes, start = is.start } = end;
  const small = Buffer.concat([
    Buffer.from('PK\x05\x06'),
    numbers([2, disk], [2, disk], [2, entriesHere], [2, entryCount]),
    numbers([4, sizeBytes], [4, start], [2, comment.length]),
    comment,
  ]);
  if (!end.isZip64) return small;
  const { entryCount64 = is.count, locatedAt = is.start + is.sizeBytes, recordBytes = 44 } = end;
  return Buffer.concat([
    Buffer.from('PK\x06\x06'),
    numbers([8, recordBytes], [2, 45], [2, 45], [4, 0], [4, 0], [8, entryCount64], [8, entryCount64]),
    numbers([8, is.sizeBytes], [8, is.start]),
    Buffer.from('PK\x06\x07'),
    numbers([4, 0], [8, locatedAt], [4, 1]),
    small,
  ]);
}

/** A zip to the letter, where no program would write one. */
export function makeZip(parts: ZipPart[], end: ZipEnd = {}): Buffer {
  const { prefix = Buffer.alloc(0), gap = Buffer.alloc(0), suffix = Buffer.alloc(0) } = end;
  const files = [prefix];
  const directory: Buffer[] = [];
  let offset = prefix.length;
  for (const part of parts) {
    const content = Buffer.from(part.content ?? '');
    const packed = part.packed ?? (part.isDeflated ? deflateRawSync(content) : content);
    const header = headerOf(part, offset, packed);
    const local = localOf(part, header, packed);
    files.push(local);
    directory.push(centralOf(part, header));
    offset += local.length;
  }
  const is = {
    start: offset + gap.length,
    sizeBytes: Buffer.concat(directory).length,
    count: parts.length,
  };
  return Buffer.concat([...files, gap, ...directory, endOf(end, is), suffix]);
}

/** Bytes in memory, as a store gives them: in pieces. */
export function sourceOf(bytes: Buffer): PackageSource {
  return {
    sizeBytes: bytes.length,
    async read(start, endInclusive) {
      if (start < 0 || endInclusive < start || endInclusive >= bytes.length)
        throw new RangeError(`There are no bytes ${start} to ${endInclusive}.`);
      const range = bytes.subarray(start, endInclusive + 1);
      const pieces = Array.from({ length: Math.ceil(range.length / PIECE_BYTES) }, (_, index) =>
        range.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES),
      );
      return Readable.from(pieces, { objectMode: false });
    },
  };
}
