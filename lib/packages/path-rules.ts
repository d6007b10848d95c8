import { PackageError, quoted } from '#lib/packages/package-error.ts';

/** What every file system takes for one name, and what is left of 4,096 bytes below a deep folder. */
const MAX_SEGMENT_BYTES = 255;
const MAX_PATH_BYTES = 1_024;

const DRIVE = /^[a-z]:/i;

/** What is wrong with a path, or null. */
function problemOf(path: string): string | null {
  if (path === '') return 'has no name';
  if (/\p{Cc}/u.test(path)) return 'has a control character in its name';
  if (path.includes('\\')) return 'has a backslash in its name';
  if (path.startsWith('/') || DRIVE.test(path)) return 'has an absolute path';
  const segments = path.split('/');
  if (segments.includes('..')) return 'leads out of the package';
  if (segments.some((segment) => segment === '' || segment === '.')) return 'has an empty part in its path';
  if (segments.some((segment) => Buffer.byteLength(segment) > MAX_SEGMENT_BYTES))
    return `has a name of more than ${MAX_SEGMENT_BYTES} bytes`;
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return `has a path of more than ${MAX_PATH_BYTES} bytes`;
  return null;
}

/**
 * Looks that a path stays inside of the folder that the package is unpacked into, whatever system does it.
 * @param path with slashes between folders and none at the end.
 * @throws PackageError `malformed`.
 */
export function requireInnerPath(path: string): void {
  const problem = problemOf(path);
  if (problem) throw new PackageError('malformed', `The file ${quoted(path)} ${problem}. Rename it.`);
}

/** The same text for all names that some file system takes for one: case and the writing of accents do not count. */
function folded(path: string): string {
  return path.toUpperCase().toLowerCase().normalize('NFC');
}

interface Place {
  path: string;
  isFolder: boolean;
}

/** What is wrong with two neighbours in the order of their keys, or null. */
function clashOf(one: Place & { key: string }, other: Place & { key: string }): string | null {
  if (one.key !== other.key)
    return !one.isFolder && other.key.startsWith(`${one.key}\0`)
      ? 'are a file and a folder of one name'
      : null;
  if (one.isFolder && other.isFolder) return null;
  if (one.isFolder !== other.isFolder) return 'are a file and a folder of one name';
  return one.path === other.path ? 'have the same name' : 'have names that only case or accents tell apart';
}

/**
 * Looks that every file has a place of its own, in file systems too that take no notice of case.
 * @throws PackageError `malformed`.
 */
export function requireApart(places: Iterable<Place>): void {
  // No name has a NUL: what is below a folder comes directly after it.
  const keyed = Array.from(places, ({ path, isFolder }) => ({
    path,
    isFolder,
    key: folded(path).replaceAll('/', '\0'),
  })).sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)));
  for (const [index, one] of keyed.entries()) {
    const other = keyed[index + 1];
    const clash = other && clashOf(one, other);
    if (clash)
      throw new PackageError(
        'malformed',
        `${quoted(one.path)} and ${quoted(other.path)} ${clash}. Rename one.`,
      );
  }
}
