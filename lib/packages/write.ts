import { createHash } from 'node:crypto';
import { pipeline, Readable, Transform, type TransformCallback } from 'node:stream';
import { finished } from 'node:stream/promises';
import yazl from 'yazl';
import type { OpenPackage } from '#lib/packages/open.ts';
import { requireApart, requireInnerPath } from '#lib/packages/path-rules.ts';

const DEFLATE_LEVEL = 6;
/** The beginning of the format's time; noon, which every time zone had on that day. */
const DATE = new Date(1980, 0, 1, 12);

/** A file as it was written. */
interface WrittenFile {
  path: string;
  sizeBytes: number;
  isExecutable: boolean;
  /** Hexadecimal. */
  sha256: string;
}

/** What a zip holds. */
export interface PackageContents {
  /** SHA-256 in hexadecimal over all paths, executable bits and contents: the same whatever packed them. */
  digest: string;
  files: WrittenFile[];
}

/** A zip that is made while it is read. */
export interface WrittenPackage {
  /** Whoever does not read to the end must destroy it. It fails as a file of the package does. */
  stream: Readable;
  /** What was written, once the stream is read to its end. It fails when the stream does; nobody need listen. */
  contents: Promise<PackageContents>;
}

/** Lets bytes through and tells what they were. */
class Seen extends Transform {
  readonly #hash = createHash('sha256');
  sizeBytes = 0;

  override _transform(piece: Buffer, _encoding: string, callback: TransformCallback): void {
    this.#hash.update(piece);
    this.sizeBytes += piece.length;
    callback(null, piece);
  }

  sha256(): string {
    return this.#hash.digest('hex');
  }
}

/** A file to be written. */
interface Part {
  path: string;
  isExecutable: boolean;
  open(): Promise<Readable>;
}

/** The files of the package with the changes put in, in the order of their paths. */
function partsOf(pkg: OpenPackage, changes: ReadonlyMap<string, string>): Part[] {
  const parts = new Map<string, Part>();
  for (const { path, isExecutable } of pkg.entries)
    parts.set(path, { path, isExecutable, open: () => pkg.stream(path) });
  for (const [path, text] of changes) {
    requireInnerPath(path);
    const open = async () => Readable.from([Buffer.from(text)], { objectMode: false });
    parts.set(path, { path, isExecutable: parts.get(path)?.isExecutable ?? false, open });
  }
  requireApart(Array.from(parts.keys(), (path) => ({ path, isFolder: false })));
  return [...parts.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Puts one file into the zip; returns when all of it is through. */
async function add(zip: yazl.ZipFile, part: Part, output: Readable): Promise<WrittenFile> {
  const { path, isExecutable } = part;
  const source = await part.open();
  const seen = new Seen();
  const stop = () => seen.destroy();
  output.once('close', stop);
  try {
    // The error is the one that `seen` fails with, which is waited for below.
    pipeline(source, seen, () => undefined);
    if (output.destroyed) stop();
    zip.addReadStream(seen, path, {
      mtime: DATE,
      forceDosTimestamp: true,
      mode: isExecutable ? 0o100755 : 0o100644,
      compressionLevel: DEFLATE_LEVEL,
    });
    await finished(seen);
  } finally {
    output.off('close', stop);
  }
  return { path, isExecutable, sizeBytes: seen.sizeBytes, sha256: seen.sha256() };
}

/** The digest of files in the order of their paths; no path has a NUL or a line break. */
function digestOf(files: WrittenFile[]): string {
  const hash = createHash('sha256');
  for (const { path, isExecutable, sha256 } of files)
    hash.update(`${path}\0${isExecutable ? 'x' : '-'}\0${sha256}\n`);
  return hash.digest('hex');
}

async function fill(zip: yazl.ZipFile, parts: Part[], output: Readable): Promise<PackageContents> {
  const files: WrittenFile[] = [];
  for (const part of parts) files.push(await add(zip, part, output));
  zip.end();
  await finished(output);
  return { digest: digestOf(files), files };
}

/**
 * The zip of a package with `changes` (path to text) put in: changed files keep their executable bit, new ones have none.
 * The same files give the same bytes, whatever packed them and in which order. One file is open at a time, and nothing of
 * its bytes is kept; each is compared with what the zip says about it while it goes through.
 * @throws PackageError `malformed` when a changed path cannot stand beside the others.
 */
export function writePackage(pkg: OpenPackage, changes: ReadonlyMap<string, string>): WrittenPackage {
  const parts = partsOf(pkg, changes);
  const zip = new yazl.ZipFile();
  const stream = zip.outputStream as Readable;
  const contents = fill(zip, parts, stream);
  zip.on('error', (error: Error) => void stream.destroy(error));
  // It may fail before its reader listens, who is told then.
  stream.on('error', () => undefined);
  contents.catch((error) => stream.destroy(error));
  return { stream, contents };
}
