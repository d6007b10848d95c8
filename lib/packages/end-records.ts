import { PackageError } from '#lib/packages/package-error.ts';
import type { SourceReader } from '#lib/packages/source-reader.ts';

/** Files and folders. */
const MAX_ENTRIES = 10_000;
/** 400 bytes for each entry; it is read again and again, and held in memory. */
const MAX_DIRECTORY_BYTES = 4 * 1024 * 1024;

const END = Buffer.from('PK\x05\x06');
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const LOCATOR = Buffer.from('PK\x06\x07');
const LOCATOR_BYTES = 20;
const END_64 = Buffer.from('PK\x06\x06');
const END_64_BYTES = 56;
const LOCAL_HEADER = Buffer.from('PK\x03\x04');

/** Where the list of files of a zip is. */
export interface DirectoryPlace {
  start: number;
  sizeBytes: number;
  entryCount: number;
}

/** A statement of the zip about its directory, and where the statement itself begins. */
interface EndRecord extends DirectoryPlace {
  at: number;
  /** Numbers of this disk and of the directory's, and entries on this disk. */
  disks: number[];
  entriesHere: number;
}

function malformed(sentence: string): PackageError {
  return new PackageError('malformed', `${sentence} Pack it anew.`);
}

async function whyNone(reader: SourceReader): Promise<PackageError> {
  const head = await reader.bytes(0, Math.min(LOCAL_HEADER.length, reader.sizeBytes));
  if (head.equals(LOCAL_HEADER)) return malformed('The end of the zip is missing.');
  return new PackageError('not-a-zip', 'This is not a zip. Push the folder of an Executor.');
}

function endOf(tail: Buffer, tailStart: number): EndRecord | null {
  const index = tail.lastIndexOf(END);
  if (index === -1) return null;
  const record = tail.subarray(index);
  if (record.length < END_BYTES || END_BYTES + record.readUInt16LE(20) !== record.length)
    throw malformed('Something stands behind the end of the zip.');
  return {
    at: tailStart + index,
    disks: [record.readUInt16LE(4), record.readUInt16LE(6)],
    entriesHere: record.readUInt16LE(8),
    entryCount: record.readUInt16LE(10),
    sizeBytes: record.readUInt32LE(12),
    start: record.readUInt32LE(16),
  };
}

/** The record that large zips have in addition; null when this one has none. */
async function end64Of(reader: SourceReader, end: EndRecord): Promise<EndRecord | null> {
  const at = end.at - LOCATOR_BYTES - END_64_BYTES;
  if (at < 0) return null;
  const both = await reader.bytes(at, END_64_BYTES + LOCATOR_BYTES);
  const locator = both.subarray(END_64_BYTES);
  if (!locator.subarray(0, 4).equals(LOCATOR)) return null;
  const number = (offset: number) => Number(both.readBigUInt64LE(offset));
  const isHere = both.subarray(0, 4).equals(END_64) && number(4) === END_64_BYTES - 12;
  if (!isHere || Number(locator.readBigUInt64LE(8)) !== at)
    throw malformed('The zip64 record is not where the zip says.');
  return {
    at,
    // The last one is how many there are, which some programs leave at zero.
    disks: [
      both.readUInt32LE(16),
      both.readUInt32LE(20),
      locator.readUInt32LE(4),
      Math.max(0, locator.readUInt32LE(16) - 1),
    ],
    entriesHere: number(24),
    entryCount: number(32),
    sizeBytes: number(40),
    start: number(48),
  };
}

/** Programs differ in which of the two they believe: the small record must agree, or point to the large one. */
function requireAgreement(end: EndRecord, end64: EndRecord): void {
  const agrees = (small: number, large: number, pointer: number) => small === large || small === pointer;
  if (
    !agrees(end.entryCount, end64.entryCount, 0xffff) ||
    !agrees(end.entriesHere, end64.entriesHere, 0xffff) ||
    !agrees(end.sizeBytes, end64.sizeBytes, 0xffffffff) ||
    !agrees(end.start, end64.start, 0xffffffff) ||
    end.disks.some((disk) => disk !== 0 && disk !== 0xffff)
  )
    throw malformed('The zip says two things about its list of files.');
}

/**
 * Finds the list of files, as every program does: from the end. Where programs would find different ones, it is refused:
 * with something behind the end, or a directory that does not lie directly before it.
 * @throws PackageError, also when there are more than `MAX_ENTRIES`.
 */
export async function findDirectory(reader: SourceReader): Promise<DirectoryPlace> {
  const length = Math.min(END_BYTES + MAX_COMMENT_BYTES, reader.sizeBytes);
  const end = endOf(await reader.bytes(reader.sizeBytes - length, length), reader.sizeBytes - length);
  if (!end) throw await whyNone(reader);
  const end64 = await end64Of(reader, end);
  if (end64) requireAgreement(end, end64);
  const { at, disks, entriesHere, entryCount, sizeBytes, start } = end64 ?? end;
  if (disks.some((disk) => disk !== 0) || entriesHere !== entryCount)
    throw malformed('The zip is one part of several.');
  if (entryCount > MAX_ENTRIES)
    throw new PackageError('too-large', `A package has at most ${MAX_ENTRIES} files. Leave some out.`);
  if (sizeBytes > MAX_DIRECTORY_BYTES)
    throw new PackageError('too-large', 'The list of files takes more than 4 MiB. Shorten their paths.');
  if (start + sizeBytes !== at) throw malformed('The list of files is not where the zip says.');
  return { start, sizeBytes, entryCount };
}
