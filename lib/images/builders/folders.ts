import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Root of a sandbox is this one outside, where it is nobody: the first id above those that systemd hands out to containers, and
 * far above those of `/etc/subuid`.
 */
const FIRST_ID = 0x7000_0000;

/** The first id of a sandbox's user namespace; null for a plain user, who has some of `/etc/subuid`. */
export function firstId(): number | null {
  return process.getuid?.() === 0 ? FIRST_ID : null;
}

/** Names the time since this machine was started. */
export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** Gives all that is in `folder` to root of a sandbox, links as links. */
export async function giveToSandbox(folder: string): Promise<void> {
  const id = firstId();
  if (id !== null) await run('chown', ['-hR', `${id}:${id}`, '--', folder]);
}

/** Removes a folder that a sandbox wrote into. */
export async function removeFolder(folder: string): Promise<void> {
  if (firstId() !== null) return rm(folder, { recursive: true, force: true });
  // Much of it belongs to the ids that this user was given, which only root of a namespace may remove.
  await run('unshare', ['--user', '--map-root-user', '--map-auto', 'rm', '-rf', '--', folder]);
}

/** Where a builder keeps what: below the data folder, and of this builder alone. */
export interface BuilderFolders {
  /** One folder for each build that goes on. */
  jobs: string;
  /** One file system for each repository: what its builds wrote, and so their cache. */
  disks: string;
  /** The base images that builds begin with. */
  base: string;
  /** Which of those were pulled, and when each was used last. */
  pulled: string;
}

/** The name of a job's control groups, which no other builder on this machine uses. */
export function groupName(folders: BuilderFolders, jobId: string): string {
  const owner = createHash('sha256').update(folders.jobs).digest('hex').slice(0, 12);
  return `groundstation-${owner}-${jobId}`;
}

/** The folders of the builder whose folder is `folder`. */
export function builderFolders(folder: string): BuilderFolders {
  const place = (name: string) => path.join(folder, name);
  return { jobs: place('jobs'), disks: place('disks'), base: place('base'), pulled: place('pulled') };
}
