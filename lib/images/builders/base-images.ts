import { existsSync } from 'node:fs';
import { chmod, constants, copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '#lib/errors.ts';
import type { BuildLimits, BuildNetwork } from '#lib/images/builder.ts';
import { MAX_BASE_BYTES, makeRoom, notePulled, noteUsed, watchGrowth } from './base-room.ts';
import { storedImages } from './base-store.ts';
import { endControlGroup } from './control-group.ts';
import { imagesOf } from './dockerfile-images.ts';
import { type BuilderFolders, giveToSandbox, groupName } from './folders.ts';
import { type Gate, openPullGate, PULL_VARIABLES } from './gate.ts';
import { holdGroup } from './hold-group.ts';
import { fullName, isImageName, isOfThisMachine, registryOf } from './image-name.ts';
import { type JobFolder, makeJobFolder } from './job-folder.ts';
import { SandboxError } from './processes.ts';
import { runAlone } from './sandbox.ts';

const MIB = 1024 * 1024;

interface BaseWork {
  folders: BuilderFolders;
  signal: AbortSignal;
  onLog(line: string, source: 'stdout' | 'stderr'): void;
}

/** The folder that a job which changes the base images writes to, beside them. */
function diskOf(job: JobFolder): string {
  return path.join(job.path, 'disk');
}

/** Runs a tool that changes the base images. @returns its exit code. */
async function changeBase(
  { folders, signal, onLog, groupFolders = [] }: BaseWork & { groupFolders?: string[] },
  job: JobFolder,
  gate: Gate | null,
  words: string[],
) {
  const disk = diskOf(job);
  await mkdir(disk, { recursive: true, mode: 0o700 });
  await giveToSandbox(disk);
  const variables = Object.entries(gate ? PULL_VARIABLES : {}).map(([name, value]) => `${name}=${value}`);
  const place = { jobFolder: job.path, disk, baseFolder: folders.base, canWriteBase: true };
  const network = gate
    ? { network: 'own' as const, gate: 'before' as const }
    : { network: 'host' as const, gate: 'none' as const };
  const stage = { ...network, groupFolders, signal, onLog };
  return (await runAlone(place, stage, ['env', ...variables, ...words])).code;
}

/** Makes the store of the base images, which builds only read, so that there is one even without an image. */
async function makeBase(work: BaseWork): Promise<void> {
  const { base, jobs } = work.folders;
  if (existsSync(path.join(base, 'storage/overlay-images'))) return;
  await mkdir(path.dirname(base), { recursive: true, mode: 0o711 });
  await mkdir(base, { recursive: true, mode: 0o700 });
  await giveToSandbox(base);
  const job = await makeJobFolder(jobs, { isOfBase: true });
  try {
    const code = await changeBase(work, job, null, ['buildah', 'images', '--quiet']);
    if (code !== 0) throw new SandboxError('no store of base images can be made');
  } finally {
    await job.remove();
  }
}

/**
 * Puts the image of an archive (`docker save`, `podman save`) among the base images of a builder.
 * @param name what Dockerfiles call it: `jinaai/jina:3.23.2-py311-perf`.
 * @throws Fault `invalid` for a file that is no such archive.
 */
export async function importBaseImage(work: BaseWork, file: string, name: string): Promise<void> {
  await makeBase(work);
  const job = await makeJobFolder(work.folders.jobs, { isOfBase: true });
  try {
    const archive = path.join(job.settings, 'image.tar');
    await copyFile(file, archive, constants.COPYFILE_FICLONE);
    await chmod(archive, 0o644);
    const names = ['docker-archive:/job/image.tar', `containers-storage:${fullName(name)}`];
    const code = await changeBase(work, job, null, ['skopeo', 'copy', '--quiet', ...names]);
    if (code !== 0) {
      throw new Fault(
        'invalid',
        `${file} is no archive of one image; give a file that docker save has made.`,
      );
    }
  } finally {
    await job.remove();
  }
}

interface WantedImages extends BaseWork {
  dockerfile: string;
  buildArgs: Record<string, string>;
  network: BuildNetwork;
  limits: BuildLimits;
  isTrusted: boolean;
  maxBaseBytes?: number;
  /** The registry of the operator's own base images. */
  trustedRegistry: string;
}

/** @throws Fault `build-failed` where an image of this registry may not be pulled. */
function requireAllowed({ trustedRegistry, network }: WantedImages, name: string): void {
  const registry = registryOf(name);
  if (registry === trustedRegistry || network === 'open') return;
  if (network === 'index' && registry === 'docker.io') return;
  const sentence = `Base image ${name} cannot be used: this server takes images from ${trustedRegistry} alone.`;
  throw new Fault('build-failed', `Process(docker) exited on non-zero code: 1. ${sentence}`);
}

async function openGateFor({ trustedRegistry, network }: WantedImages, name: string, job: JobFolder) {
  const registry = registryOf(name);
  if (registry === trustedRegistry && registry !== 'docker.io') return null;
  return openPullGate(network === 'open' ? 'private too' : 'public', job.path);
}

/** Pulls an image with no more than a build has. @returns what it said last when it failed, null when it did not. */
async function runPull(work: WantedImages, name: string, job: JobFolder): Promise<string | null> {
  const { folders, limits } = work;
  const group = await holdGroup(work, job.id);
  const gate = await openGateFor(work, name, job);
  const last: string[] = [];
  const onLog = (line: string) => {
    last.splice(0, Math.max(0, last.length - 2));
    last.push(line);
  };
  const [full, over] = [new AbortController(), new AbortController()];
  const stop = () => full.abort();
  const watch = watchGrowth([folders.base, job.path], limits.diskBytes, stop, over.signal);
  try {
    const security = isOfThisMachine(name) ? ['--tls-verify=false'] : [];
    const words = ['buildah', 'pull', '--quiet', '--authfile', '/job/no-logins.json', ...security];
    const held = { groupFolders: group?.folders ?? [], signal: AbortSignal.any([work.signal, full.signal]) };
    const place = `docker://${fullName(name)}`;
    const code = await changeBase({ ...work, ...held, onLog }, job, gate, [...words, place]);
    work.signal.throwIfAborted();
    if (full.signal.aborted)
      return `it needs more than the ${limits.diskBytes / MIB} MiB of disk that a build has.`;
    return code === 0 ? null : last.join(' ');
  } finally {
    over.abort();
    await watch;
    await gate?.close();
    await endControlGroup(groupName(folders, job.id));
  }
}

async function pull(work: WantedImages, name: string): Promise<void> {
  const job = await makeJobFolder(work.folders.jobs, { isOfBase: true });
  try {
    const reason = await runPull(work, name, job);
    if (reason === null) return await notePulled(work.folders, fullName(name));
    const sentence = `Base image ${name} is not on this builder and cannot be pulled: ${reason}`;
    throw new Fault('build-failed', `Process(docker) exited on non-zero code: 125. ${sentence}`);
  } finally {
    await job.remove();
  }
}

/** Takes an image that was pulled out of the store. */
async function removeImage(work: WantedImages, name: string): Promise<void> {
  const job = await makeJobFolder(work.folders.jobs, { isOfBase: true });
  try {
    await changeBase({ ...work, onLog: () => undefined }, job, null, ['buildah', 'rmi', name]);
  } finally {
    await job.remove();
  }
}

/**
 * Pulls those images that a Dockerfile names and the builder does not have. A build itself pulls nothing.
 * @throws Fault `build-failed` for an image that cannot be had, or may not.
 */
export async function provideBaseImages(work: WantedImages): Promise<void> {
  await makeBase(work);
  const stored = await storedImages(work.folders);
  for (const name of imagesOf(work.dockerfile, work.buildArgs)) {
    if (stored.has(fullName(name))) {
      await noteUsed(work.folders, fullName(name));
      continue;
    }
    if (!isImageName(name)) {
      const sentence = `${JSON.stringify(name.slice(0, 100))} is not the name of an image.`;
      throw new Fault('build-failed', `Process(docker) exited on non-zero code: 125. ${sentence}`);
    }
    requireAllowed(work, name);
    await makeRoom(work.folders, work.maxBaseBytes ?? MAX_BASE_BYTES, (old) => removeImage(work, old));
    work.onLog(`Pulling ${name}`, 'stdout');
    await pull(work, name);
  }
}
