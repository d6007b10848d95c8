import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openContent } from '#lib/packages/content.ts';
import { type Directory, type Item, readDirectory } from '#lib/packages/directory.ts';
import { PackageError, quoted } from '#lib/packages/package-error.ts';
import { inWords, type PackageSource, SourceReader } from '#lib/packages/source-reader.ts';

/** What is read whole into memory: sources, settings, a README. */
export const MAX_TEXT_BYTES = 1024 * 1024;

/** Folders of tools, which the client never sends (contract 12.1): history with secrets in it, and ids of other servers. */
const LEFT_OUT = new Set(['.git', '.jina']);

/** A file of a package. */
interface PackageEntry {
  path: string;
  sizeBytes: number;
  isExecutable: boolean;
}

/** The files of a zip that keeps the rules. */
export interface OpenPackage {
  /** Files only, in the order of their paths by code unit. */
  entries: PackageEntry[];
  /**
   * A whole file.
   * @throws PackageError `too-large` above `MAX_TEXT_BYTES`, `malformed` when the content is not what the zip says.
   */
  text(path: string): Promise<Uint8Array>;
  /**
   * A whole file, piece by piece. Whoever does not read to the end must destroy the stream, and until its end nothing is
   * sure: only then it fails with a PackageError when the content is not what the zip says.
   */
  stream(path: string): Promise<Readable>;
}

class ZipPackage implements OpenPackage {
  readonly entries: PackageEntry[];
  readonly #reader: SourceReader;
  readonly #zip: Directory['zip'];
  readonly #items: Map<string, Item>;

  constructor(reader: SourceReader, { zip, items }: Directory) {
    this.#reader = reader;
    this.#zip = zip;
    const files = items.filter(
      ({ path, isFolder }) => !isFolder && !path.split('/').some((segment) => LEFT_OUT.has(segment)),
    );
    this.#items = new Map(files.map((item) => [item.path, item]));
    this.entries = files
      .map(({ path, isExecutable, entry }) => ({ path, isExecutable, sizeBytes: entry.uncompressedSize }))
      .sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  #item(path: string): Item {
    const item = this.#items.get(path);
    if (!item) throw new Error(`The package has no file ${quoted(path)}.`);
    return item;
  }

  async text(path: string): Promise<Uint8Array> {
    if (this.#item(path).entry.uncompressedSize > MAX_TEXT_BYTES)
      throw new PackageError('too-large', `The file ${quoted(path)} is larger than 1 MiB. Make it smaller.`);
    return buffer(await this.stream(path));
  }

  async stream(path: string): Promise<Readable> {
    return openContent(this.#reader, this.#zip, this.#item(path));
  }
}

/**
 * Opens what `jina hub push` uploads (contract 12.1) and looks that its directory keeps the rules; what stands beside each
 * file is looked at when the file is read. Nothing is unpacked: it reads at most the 4 MiB of the directory, and of files
 * only what is asked for. `.git` and `.jina` are left out, wherever they are.
 * @throws PackageError; and what the source throws.
 */
export async function openPackage(source: PackageSource): Promise<OpenPackage> {
  const reader = new SourceReader(source);
  try {
    return new ZipPackage(reader, await readDirectory(reader));
  } catch (error) {
    throw inWords(error);
  }
}
