import { isUtf8 } from 'node:buffer';
import { type Entry, getFileNameLowLevel } from 'yauzl';
import { PackageError, quoted } from '#lib/packages/package-error.ts';

/** Of one file from `MIN_RATIO_BYTES` up, and of all together. */
export const MAX_RATIO = 200;
const MIN_RATIO_BYTES = 1024 * 1024;

const ENCRYPTED = 0x1;
export const UTF8 = 0x800;
/** Encrypted in one of three ways, or a patch of another file. */
const UNREADABLE = ENCRYPTED | 0x20 | 0x40 | 0x2000;

const STORED = 0;
export const DEFLATED = 8;
/** The version of the format that Python's zipfile reads up to: 6.3. */
const MAX_VERSION = 63;

const ZIP64_FIELD = 0x0001;

const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;
const OWNER_MAY_RUN = 0o100;

function refuse(path: string, what: string): never {
  throw new PackageError('malformed', `The file ${quoted(path)} ${what}.`);
}

/**
 * The name of an entry, exactly; with a slash at the end for a folder.
 * @throws PackageError `malformed` for bytes that are no text, and where programs read different names.
 */
export function nameOf({ fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string {
  const isMarked = (generalPurposeBitFlag & UTF8) !== 0;
  if (isMarked && !isUtf8(fileNameRaw))
    refuse(fileNameRaw.toString('latin1'), 'has a name that is not UTF-8');
  // Bytes that CP437 has pictures for, and every system takes for control characters.
  if (fileNameRaw.some((byte) => byte < 0x20 || byte === 0x7f))
    refuse(fileNameRaw.toString('latin1'), 'has a control character in its name');
  const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, [], true);
  if (getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true) !== name)
    refuse(name, 'has two names');
  return name;
}

/** Whether the entry is an executable file. @throws PackageError `malformed` for links, devices and the like. */
export function isExecutable(path: string, isFolder: boolean, { externalFileAttributes }: Entry): boolean {
  const mode = externalFileAttributes >>> 16;
  const type = mode & FILE_TYPE;
  if (type !== 0 && type !== (isFolder ? FOLDER : REGULAR))
    refuse(path, 'is a link or another special file; push a plain file in its place');
  return !isFolder && (mode & OWNER_MAY_RUN) !== 0;
}

/** Whether so much may come out of so little. */
export function isPlausible(sizeBytes: number, compressedBytes: number): boolean {
  return sizeBytes <= MIN_RATIO_BYTES || sizeBytes <= compressedBytes * MAX_RATIO;
}

/** Looks that the content can be read, as far as the directory tells. @throws PackageError `malformed`. */
export function requireReadable(path: string, isFolder: boolean, entry: Entry): void {
  const { compressionMethod, compressedSize, uncompressedSize, extraFields } = entry;
  if (entry.generalPurposeBitFlag & UNREADABLE) refuse(path, 'is encrypted; push it as it is');
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
    refuse(path, 'is compressed in a way that few programs read; use deflate');
  if ((entry.versionNeededToExtract & 0xff) > MAX_VERSION)
    refuse(path, 'needs a newer program than there is');
  if (extraFields.filter(({ id }) => id === ZIP64_FIELD).length > 1) refuse(path, 'has two sizes');
  if (isFolder && uncompressedSize > 0) refuse(path, 'is a folder with content');
  if (!isPlausible(uncompressedSize, compressedSize))
    refuse(path, `is more than ${MAX_RATIO} times as large as it is packed`);
}
