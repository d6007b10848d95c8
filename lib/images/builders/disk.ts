import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, stat, truncate, utimes } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { firstId, giveToSandbox, removeFolder } from './folders.ts';
import { type Lease, leaseFile } from './lease.ts';

const run = promisify(execFile);

/** Caches of this many repositories are kept, the ones that were used last. */
const KEPT_DISKS = 16;
/** A cache above this share of the disk leaves too little for the next build. */
const MAX_CACHE_SHARE = 0.5;
/** A push tells its end before it gives back its disk; who pushes again at once wants what is on it. */
const PATIENCE_SECONDS = 1;
const BYTES_PER_BLOCK = 512;

/** What one build may write to. */
export interface Disk {
  /** A file system in a file: the build cannot write more than fits in it. For a plain user a folder, without a limit. */
  path: string;
  /** Gives it back; what is not kept is removed. */
  release(isKept: boolean): Promise<void>;
}

interface DiskOptions {
  /** Of all disks. */
  folder: string;
  /** Whose earlier builds' layers may be used again; null where nothing may be left for another build. */
  repository: string | null;
  /** Whether it must be new. */
  isFresh: boolean;
  bytes: number;
}

async function format(file: string, bytes: number): Promise<void> {
  const made = `${file}.new`;
  await (await open(made, 'w', 0o600)).close();
  await truncate(made, bytes);
  const id = firstId() ?? 0;
  // What is never written takes no room of this machine; many small files are what packages of Python are.
  const options = `lazy_itable_init=1,lazy_journal_init=1,root_owner=${id}:${id}`;
  await run('mkfs.ext4', ['-q', '-m', '0', '-i', '8192', '-E', options, made]);
  await rename(made, file);
}

async function isUsable(file: string, bytes: number): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  return found?.size === bytes && found.blocks * BYTES_PER_BLOCK < bytes * MAX_CACHE_SHARE;
}

async function makeReady(place: string, { isFresh, bytes }: DiskOptions): Promise<void> {
  if (firstId() === null) {
    if (isFresh) await removeFolder(place);
    await mkdir(place, { recursive: true, mode: 0o700 });
    return giveToSandbox(place);
  }
  if (isFresh || !(await isUsable(place, bytes))) await format(place, bytes);
  await utimes(place, new Date(), new Date());
}

/** Its lock stays: whoever has opened it in this moment would lease one that nobody finds any more. */
async function leaseOf(place: string, patienceSeconds: number): Promise<Lease | null> {
  const lock = `${place}.lock`;
  await (await open(lock, 'a', 0o600)).close();
  return leaseFile(lock, patienceSeconds);
}

function diskOf(folder: string, repository: string): string {
  const name = createHash('sha256').update(repository).digest('hex').slice(0, 32);
  return path.join(folder, `${name}.disk`);
}

/** A disk for one build: the repository's own, or `spare` where another build is using that or nothing may be left. */
export async function leaseDisk(options: DiskOptions, spare: () => Promise<string>): Promise<Disk> {
  const own = options.repository === null ? null : diskOf(options.folder, options.repository);
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const lease = own === null ? null : await leaseOf(own, PATIENCE_SECONDS);
  const place = own && lease ? own : await spare();
  const release = async (isKept: boolean) => {
    if (!(lease && isKept)) await removeFolder(place);
    await lease?.release();
  };
  try {
    await makeReady(place, options);
  } catch (error) {
    await release(false);
    throw error;
  }
  return { path: place, release };
}

/** Removes the caches of those repositories that were not built for the longest time. */
export async function pruneDisks(folder: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.disk'));
  const disks = await Promise.all(
    names.map(async (name) => ({
      place: path.join(folder, name),
      // One that a build has given back and removed in this moment is no more.
      at: (await stat(path.join(folder, name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  );
  for (const { place } of disks.sort((one, other) => other.at - one.at).slice(KEPT_DISKS)) {
    const lease = await leaseOf(place, 0);
    if (!lease) continue;
    await removeFolder(place);
    await lease.release();
  }
}
