import { constants } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { bytesGone, leaseLost, storeAway, storeFull } from '#lib/blobs/faults.ts';
import { FileReader } from '#lib/blobs/file-reader.ts';
import { PieceWriter } from '#lib/blobs/piece-writer.ts';
import type { BlobStore } from '#lib/blobs/store.ts';

const PARTIAL_FOLDER = 'partial';

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** Names of system errors that say that there is no room. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What a failed call of the file system means; a missing file and our own mistakes stay what they are. */
function asDiskFault(error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined || isMissing(error)) return error;
  return FULL.has(code) ? storeFull(error) : storeAway(error);
}

/** Waits for calls of the file system, and for nothing that could fail for a client's reasons. */
async function onDisk<T>(calls: Promise<T>): Promise<T> {
  try {
    return await calls;
  } catch (error) {
    throw asDiskFault(error);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(/* turbopackIgnore: true */ folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Blobs as files: `<folder>/<last two characters of the key>/<key>`, made by a temporary file, fsync, rename
 * and fsync of the folder.
 */
export class DiskStore implements BlobStore {
  readonly #folder: string;

  /** @param folder absolute; made when it is first needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  #path(key: string): string {
    // The end of a key is random, its beginning is the time: the end spreads over folders.
    return path.join(/* turbopackIgnore: true */ this.#folder, key.slice(-2), key);
  }

  #partialPath(key: string): string {
    return path.join(/* turbopackIgnore: true */ this.#folder, PARTIAL_FOLDER, key);
  }

  async put(key: string, source: AsyncIterable<Uint8Array>): Promise<void> {
    const partial = this.#partialPath(key);
    const final = this.#path(key);
    const file = await onDisk(
      this.#inFolderOf(partial, () => open(/* turbopackIgnore: true */ partial, 'wx', 0o600)),
    );
    const writer = new PieceWriter(partial, file);
    try {
      for await (const piece of source) {
        const written = writer.add(piece);
        if (written) await onDisk(written);
      }
      await onDisk(writer.finish());
    } finally {
      await writer.close();
      await file.close();
    }
    await onDisk(this.#inFolderOf(final, () => rename(partial, final))).catch((error) => {
      // Not the folder this time: the housekeeping took the file of a writer that was stalled.
      throw isMissing(error) ? leaseLost() : error;
    });
    await onDisk(syncFolder(path.dirname(final)));
  }

  /** Does `work` in a folder, which is made only when it turns out not to be there: looking first costs as much as it. */
  async #inFolderOf<T>(file: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    const made = await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    if (made) {
      await syncFolder(this.#folder);
      await syncFolder(path.dirname(this.#folder));
    }
    return work();
  }

  async read(key: string, start: number, end: number): Promise<Readable> {
    return onDisk(FileReader.open(this.#path(key), start, end)).catch((error) => {
      throw isMissing(error) ? bytesGone(error) : error;
    });
  }

  async head(key: string): Promise<{ sizeBytes: number } | null> {
    try {
      const { size } = await onDisk(stat(/* turbopackIgnore: true */ this.#path(key)));
      return { sizeBytes: size };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    await onDisk(rm(/* turbopackIgnore: true */ this.#partialPath(key), { force: true }));
    await onDisk(rm(/* turbopackIgnore: true */ this.#path(key), { force: true }));
  }

  async *list(): AsyncIterable<string> {
    const options = { withFileTypes: true } as const;
    const entries = await readdir(/* turbopackIgnore: true */ this.#folder, options).catch((error) => {
      if (isMissing(error)) return [];
      throw error;
    });
    for (const { name } of entries.filter((entry) => entry.isDirectory()))
      yield* await readdir(path.join(/* turbopackIgnore: true */ this.#folder, name));
  }

  async check(): Promise<void> {
    await mkdir(/* turbopackIgnore: true */ this.#folder, { recursive: true, mode: 0o700 });
    await access(/* turbopackIgnore: true */ this.#folder, constants.W_OK | constants.R_OK);
  }

  /** Files have no URL of their own. */
  async directUrl(): Promise<null> {
    return null;
  }
}
