import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Fault } from '#lib/errors.ts';
import type { BuilderFolders } from './folders.ts';

const run = promisify(execFile);

/** Above this many bytes of base images none is pulled, and pulled ones are removed. */
export const MAX_BASE_BYTES = 40 * 1024 ** 3;
/** A build that uses an image, and its push, are over by then: a build takes a day at most. */
const UNUSED_MS = 2 * 24 * 3_600_000;
const WATCH_MS = 1000;

/** What folders take on the disk of this machine, in bytes; files that go while it looks are none. */
async function bytesOf(...folders: string[]): Promise<number> {
  const said = await run('du', ['-sxc', '-B1', '--', ...folders]).catch(
    (error) => error as { stdout?: string },
  );
  return Number(/(\d+)\ttotal/.exec(said.stdout ?? '')?.[1] ?? 0);
}

function markOf({ pulled }: BuilderFolders, fullName: string): string {
  return path.join(pulled, createHash('sha256').update(fullName).digest('hex'));
}

/** Notes that an image was pulled: it may be removed some day. Those that the operator imported have no such note. */
export async function notePulled(folders: BuilderFolders, fullName: string): Promise<void> {
  await mkdir(folders.pulled, { recursive: true, mode: 0o700 });
  await writeFile(markOf(folders, fullName), fullName, { mode: 0o600 });
}

/** Notes that a build begins with an image. */
export async function noteUsed(folders: BuilderFolders, fullName: string): Promise<void> {
  const now = new Date();
  // What was imported has no note.
  await utimes(markOf(folders, fullName), now, now).catch(() => undefined);
}

/** The pulled images that no build needs now, the longest unused first. */
async function unusedImages({ pulled }: BuilderFolders): Promise<{ mark: string; at: number }[]> {
  const names = await readdir(pulled).catch(() => []);
  const marks = names.map(async (name) => {
    const mark = path.join(pulled, name);
    return { mark, at: (await stat(mark).catch(() => null))?.mtimeMs ?? Date.now() };
  });
  const unused = (await Promise.all(marks)).filter(({ at }) => at < Date.now() - UNUSED_MS);
  return unused.sort((one, other) => one.at - other.at);
}

/**
 * Removes pulled images until the base images are below their total.
 * @param removeImage takes one out of the store.
 * @throws Fault `unavailable` when that is not enough.
 */
export async function makeRoom(
  folders: BuilderFolders,
  maxBytes: number,
  removeImage: (fullName: string) => Promise<void>,
): Promise<void> {
  const unused = await unusedImages(folders);
  while ((await bytesOf(folders.base)) > maxBytes) {
    const oldest = unused.shift();
    if (!oldest) {
      const sentence = 'This builder has no room for another base image; ask its operator to remove some.';
      throw new Fault('unavailable', sentence);
    }
    const fullName = await readFile(oldest.mark, 'utf8').catch(() => null);
    if (fullName !== null) await removeImage(fullName);
    await rm(oldest.mark, { force: true });
  }
}

/** Calls `stop` when folders have grown by more than `maxBytes`, looking each second until the signal. */
export async function watchGrowth(
  folders: string[],
  maxBytes: number,
  stop: () => void,
  signal: AbortSignal,
): Promise<void> {
  const before = await bytesOf(...folders);
  while (!signal.aborted) {
    if ((await bytesOf(...folders)) - before > maxBytes) return stop();
    await delay(WATCH_MS, undefined, { signal }).catch(() => undefined);
  }
}
