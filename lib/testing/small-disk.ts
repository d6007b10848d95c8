import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const PIECE = Buffer.alloc(64 * 1024);

interface DiskSize {
  bytes: number;
  /** How many files and folders fit; without a limit by default. */
  files?: number;
}

/** A file system in memory that is soon full, mounted on a folder. */
export interface SmallDisk {
  /** Takes all the room that is left. */
  fill(): void;
  /** Gives back the room that `fill` has taken. */
  free(): void;
  /** Takes it away with all that is in it; nothing may use it any more. */
  unmount(): void;
}

/** Mounts one on `folder`, which is made if there is none. */
export function mountSmallDisk(folder: string, { bytes, files }: DiskSize): SmallDisk {
  mkdirSync(folder, { recursive: true });
  const options = [`size=${bytes}`, 'mode=711', ...(files === undefined ? [] : [`nr_inodes=${files}`])];
  execFileSync('mount', ['-t', 'tmpfs', '-o', options.join(','), 'groundstation-test', folder], {
    stdio: 'pipe',
  });
  const ballast = path.join(folder, 'ballast');
  return {
    fill() {
      const file = openSync(ballast, 'a');
      try {
        for (let size = PIECE.length; size >= 512; ) {
          try {
            if (writeSync(file, PIECE, 0, size) < size) size /= 2;
          } catch {
            size /= 2;
          }
        }
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(ballast, { force: true }),
    unmount: () => execFileSync('umount', [folder], { stdio: 'pipe' }),
  };
}

/** Why no such disk can be mounted here, for the name of a test that is left out; null when one can. */
export function whyNoSmallDisk(): string | null {
  const { folder, remove } = makeTemporaryFolder();
  try {
    mountSmallDisk(path.join(folder, 'disk'), { bytes: 4096 }).unmount();
    return null;
  } catch {
    return 'left out: no file system can be mounted here, which needs root on Linux';
  } finally {
    remove();
  }
}
