import { existsSync } from 'node:fs';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BuildLimits } from '#lib/images/builder.ts';

/** Where the kernel shows control groups: one tree, or of version 1 one for each kind of limit. */
const ROOT = '/sys/fs/cgroup';
const CPU_PERIOD_US = 100_000;
const EMPTY_POLL_MS = 20;
const EMPTY_TRIES = 250;

/** What a group of processes may use, from the outside: nothing in it can change that. */
export interface ControlGroup {
  /** Into whose `cgroup.procs` a process goes that belongs to it. */
  folders: string[];
  /** Whether something in it was killed because the memory was used up. */
  ranOutOfMemory(): Promise<boolean>;
  /** Whether a process was refused because there were too many. */
  ranOutOfProcesses(): Promise<boolean>;
}

function isUnified(): boolean {
  return existsSync(path.join(ROOT, 'cgroup.controllers'));
}

/** The folders of the group `name`, whether they are there or not. */
function foldersOf(name: string): string[] {
  const kinds = isUnified() ? [''] : ['memory', 'cpu', 'pids'];
  return kinds.map((kind) => path.join(ROOT, kind, name));
}

async function write(folder: string, values: Record<string, string | number>): Promise<void> {
  for (const [file, value] of Object.entries(values)) await writeFile(path.join(folder, file), `${value}`);
}

/** A limit that not every kernel has: without swap there is nothing to forbid. */
async function writeWhereKnown(folder: string, values: Record<string, string | number>): Promise<void> {
  const known = Object.entries(values).filter(([file]) => existsSync(path.join(folder, file)));
  await write(folder, Object.fromEntries(known));
}

async function limitUnified(folder: string, limits: BuildLimits): Promise<void> {
  await write(folder, {
    'memory.max': limits.memoryBytes,
    'cpu.max': `${limits.cpus * CPU_PERIOD_US} ${CPU_PERIOD_US}`,
    'pids.max': limits.processes,
  });
  await writeWhereKnown(folder, { 'memory.swap.max': 0 });
}

async function limitByKind([memory = '', cpu = '', pids = '']: string[], limits: BuildLimits): Promise<void> {
  await write(memory, { 'memory.limit_in_bytes': limits.memoryBytes });
  await writeWhereKnown(memory, { 'memory.memsw.limit_in_bytes': limits.memoryBytes });
  await write(cpu, { 'cpu.cfs_period_us': CPU_PERIOD_US, 'cpu.cfs_quota_us': limits.cpus * CPU_PERIOD_US });
  await write(pids, { 'pids.max': limits.processes });
}

async function countOf(file: string, key: RegExp): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return Number(key.exec(text)?.[1] ?? 0);
}

/**
 * Makes the group `name` with the limits of a build.
 * @throws the error of the file system where this process may not do that.
 */
export async function makeControlGroup(name: string, limits: BuildLimits): Promise<ControlGroup> {
  const folders = foldersOf(name);
  if (isUnified()) await writeFile(path.join(ROOT, 'cgroup.subtree_control'), '+memory +cpu +pids');
  for (const folder of folders) await mkdir(folder, { recursive: true });
  await (isUnified() ? limitUnified(folders[0] ?? '', limits) : limitByKind(folders, limits));
  const memory = path.join(folders[0] ?? '', isUnified() ? 'memory.events' : 'memory.oom_control');
  const pids = path.join(folders.at(-1) ?? '', 'pids.events');
  return {
    folders,
    ranOutOfMemory: async () => (await countOf(memory, /^oom_kill (\d+)/m)) > 0,
    ranOutOfProcesses: async () => (await countOf(pids, /^max (\d+)/m)) > 0,
  };
}

async function isLimit(file: string): Promise<boolean> {
  const limit = Number((await readFile(path.join(ROOT, file), 'utf8').catch(() => '')).trim() || Number.NaN);
  // Without a limit version 1 says a number near the largest that it knows.
  return limit < 2 ** 60;
}

/** Whether something outside holds the memory and the number of processes of all that runs here, as a container does. */
export async function isHeldFromOutside(): Promise<boolean> {
  const files = isUnified() ? ['memory.max', 'pids.max'] : ['memory/memory.limit_in_bytes', 'pids/pids.max'];
  return (await Promise.all(files.map(isLimit))).every(Boolean);
}

async function membersOf(folder: string): Promise<number[]> {
  const text = await readFile(path.join(folder, 'cgroup.procs'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).map(Number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Ends whatever is in the group `name`, and takes it away. It may be gone already. */
export async function endControlGroup(name: string): Promise<void> {
  for (const folder of foldersOf(name)) {
    for (let tries = 0; tries < EMPTY_TRIES; tries += 1) {
      const members = await membersOf(folder);
      for (const pid of members) kill(pid);
      const gone = await rmdir(folder).then(
        () => true,
        () => !existsSync(folder),
      );
      if (gone) break;
      await delay(EMPTY_POLL_MS);
    }
  }
}
