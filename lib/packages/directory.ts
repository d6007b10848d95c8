import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';
import { findDirectory } from '#lib/packages/end-records.ts';
import { isExecutable, isPlausible, MAX_RATIO, nameOf, requireReadable } from '#lib/packages/entry-rules.ts';
import { PackageError } from '#lib/packages/package-error.ts';
import { requireApart, requireInnerPath } from '#lib/packages/path-rules.ts';
import type { SourceReader } from '#lib/packages/source-reader.ts';

/** All files together. */
const MAX_UNPACKED_BYTES = 2 * 1024 ** 3;

const ENTRY_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;

/** An entry as the directory tells it. */
export interface Item {
  path: string;
  isFolder: boolean;
  isExecutable: boolean;
  entry: Entry;
  /** Where the next entry begins: its content ends before. */
  endsBefore: number;
}

/** The directory of a zip, and yauzl's view of it. */
export interface Directory {
  zip: ZipFile;
  items: Item[];
}

function itemOf(entry: Entry): Omit<Item, 'endsBefore'> {
  const name = nameOf(entry);
  const isFolder = name.endsWith('/');
  const path = isFolder ? name.slice(0, -1) : name;
  requireInnerPath(path);
  requireReadable(path, isFolder, entry);
  return { path, isFolder, isExecutable: isExecutable(path, isFolder, entry), entry };
}

/** Looks that no byte belongs to two entries, or to an entry and the directory (as in Fifield's bombs). */
function requireNoOverlap(items: Item[], directoryStart: number): void {
  const byOffset = items.toSorted(
    (one, other) => one.entry.relativeOffsetOfLocalHeader - other.entry.relativeOffsetOfLocalHeader,
  );
  for (const [index, item] of byOffset.entries()) {
    const { relativeOffsetOfLocalHeader, fileNameLength, compressedSize } = item.entry;
    const end = relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + fileNameLength + compressedSize;
    item.endsBefore = byOffset[index + 1]?.entry.relativeOffsetOfLocalHeader ?? directoryStart;
    if (end > item.endsBefore)
      throw new PackageError('malformed', 'Files of the zip overlap each other. Pack it anew.');
  }
}

function requireBounded(items: Item[]): void {
  const sum = (key: 'uncompressedSize' | 'compressedSize') =>
    items.reduce((total, { entry }) => total + entry[key], 0);
  const unpacked = sum('uncompressedSize');
  if (unpacked > MAX_UNPACKED_BYTES)
    throw new PackageError('too-large', 'A package holds at most 2 GiB, unpacked. Leave files out.');
  if (!isPlausible(unpacked, sum('compressedSize')))
    throw new PackageError('malformed', `The files are more than ${MAX_RATIO} times as large as the zip.`);
}

/**
 * Reads the list of files and looks that it keeps all rules that can be looked at without the files themselves.
 * It holds less than a kilobyte for each entry.
 * @throws PackageError; and what yauzl says about bytes that are no list.
 */
export async function readDirectory(reader: SourceReader): Promise<Directory> {
  const place = await findDirectory(reader);
  const zip = await fromRandomAccessReaderPromise(reader, reader.sizeBytes, {
    autoClose: false,
    decodeStrings: false,
  });
  const items: Item[] = [];
  let readBytes = 0;
  for await (const entry of zip.eachEntry()) {
    items.push({ ...itemOf(entry), endsBefore: 0 });
    readBytes += ENTRY_BYTES + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
  }
  if (readBytes !== place.sizeBytes)
    throw new PackageError(
      'malformed',
      'The list of files is longer or shorter than the zip says. Pack it anew.',
    );
  requireApart(items);
  requireNoOverlap(items, place.start);
  requireBounded(items);
  return { zip, items };
}
