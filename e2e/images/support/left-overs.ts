import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { builderFolders, groupName } from '#lib/images/builders/folders.ts';

const run = promisify(execFile);

/** What is said of a process that ended in this moment. */
const nothing = () => '';

async function isOf(pid: string, folder: string): Promise<boolean> {
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(nothing);
  const facts = [read('environ'), read('cmdline'), readlink(`/proc/${pid}/cwd`).catch(nothing)];
  return (await Promise.all(facts)).some((text) => text.includes(folder));
}

async function processes(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(pids.map(async (pid) => ((await isOf(pid, folder)) ? [pid] : [])));
  return found.flat();
}

async function controlGroups(folder: string): Promise<string[]> {
  const prefix = groupName(builderFolders(path.join(folder, 'builds')), '');
  const names = await readdir('/sys/fs/cgroup', { recursive: false });
  const inner = await Promise.all(
    names.map((name) => readdir(path.join('/sys/fs/cgroup', name)).catch(() => [])),
  );
  return [...names, ...inner.flat()].filter((name) => name.startsWith(prefix));
}

/** All that the builder in `folder` has on this machine beside its disks and base images: nothing while no build goes on. */
export async function leftOvers(folder: string) {
  const loops = await run('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE']);
  const mounts = await readFile('/proc/self/mountinfo', 'utf8');
  return {
    processes: await processes(folder),
    controlGroups: await controlGroups(folder),
    mounts: mounts.split('\n').filter((line) => line.includes(folder)),
    loopDevices: loops.stdout.split('\n').filter((line) => line.includes(folder)),
    jobs: await readdir(path.join(folder, 'builds/jobs')),
  };
}

/** What is there when nothing is left. */
export const NOTHING = { processes: [], controlGroups: [], mounts: [], loopDevices: [], jobs: [] };
