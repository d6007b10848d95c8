import path from 'node:path';
import { Fault, isFault } from '#lib/errors.ts';
import type { BuildJob, BuiltImage } from '#lib/images/builder.ts';
import { provideBaseImages } from './base-images.ts';
import { mayHaveTriggers } from './base-store.ts';
import { budWords, isWorthKeeping, LABELLED, withLabels } from './bud.ts';
import { BuildTrail, buildFailure } from './build-failure.ts';
import type { BuildahOptions } from './buildah.ts';
import { type ControlGroup, endControlGroup } from './control-group.ts';
import { copyContext } from './copy-context.ts';
import { type Disk, leaseDisk } from './disk.ts';
import { imagesOf } from './dockerfile-images.ts';
import { readDockerfileText } from './dockerfile-text.ts';
import { environmentScript } from './environment.ts';
import { type BuilderFolders, groupName } from './folders.ts';
import { gateVariables, openGate } from './gate.ts';
import { holdGroup } from './hold-group.ts';
import { registryOf } from './image-name.ts';
import { type JobFolder, makeJobFolder } from './job-folder.ts';
import { SandboxError } from './processes.ts';
import { PUSH_PLACE, pushImage } from './push-image.ts';
import { readBom } from './read-bom.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { MAX_OUTPUT, type Stage, type StagePlace } from './stage.ts';

/** Short lines are as much work as those of this length. */
const LINE_COST = 32;
/** Of a shell's: what it should run is not installed. */
const NO_PROGRAM = 127;
const IMAGE_ID = /^[0-9a-f]{64}$/;
/** Where ADD is on its way out by a proxy, that is there first; the index is for steps alone, and those wait for it. */
const GATES = { none: 'none', index: 'for-steps', open: 'before' } as const;

interface Builder extends BuildahOptions {
  folders: BuilderFolders;
}

/** `linux/amd64` of this machine. */
const OWN_PLATFORM = `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`;

function requirePlatform({ platform }: BuildJob): void {
  if (platform === null || platform === OWN_PLATFORM) return;
  throw new Fault(
    'invalid',
    `This server builds for ${OWN_PLATFORM} alone, not for ${platform}; leave the platform out.`,
  );
}

/** What belongs to a build, from its start until its image is removed. */
interface Workplace {
  builder: Builder;
  job: BuildJob;
  /** The text of its Dockerfile. */
  dockerfile: string;
  isLabelled: boolean;
  /** No step of whoever pushed, or of a base image, runs: nothing that has the machine's network may wait beside one. */
  runsNothing: boolean;
  folder: JobFolder;
  disk: Disk;
  /** Null where another one around this process holds the build. */
  group: ControlGroup | null;
  sandbox: Sandbox;
}

/** Where what may be hostile runs. */
function placeOf(group: ControlGroup | null): StagePlace {
  return { network: 'own', groupFolders: group?.folders ?? [] };
}

/** Whether nothing runs in a build, neither by its Dockerfile nor by its base images, but buildah itself. */
async function isOfCopies(
  { folders }: Builder,
  { buildArgs }: BuildJob,
  dockerfile: string,
): Promise<boolean> {
  if (isWorthKeeping(dockerfile)) return false;
  const images = imagesOf(dockerfile, buildArgs);
  const triggers = await Promise.all(images.map((name) => mayHaveTriggers(folders, name)));
  return !triggers.includes(true);
}

/** @returns the id of the image. */
async function runBuild(
  { builder, job, dockerfile, isLabelled, runsNothing, folder, group, sandbox }: Workplace,
  signal: AbortSignal,
  deadline: AbortSignal,
): Promise<string> {
  const trail = new BuildTrail();
  const loud = new AbortController();
  let length = 0;
  let imageId = '';
  const onLog: Stage['onLog'] = (line, source) => {
    length += line.length + LINE_COST;
    if (length > MAX_OUTPUT) return loud.abort();
    // What buildah says last; no step runs any more by then.
    if (source === 'stdout' && IMAGE_ID.test(line)) imageId = line;
    trail.hear(line);
    job.onLog(line, source);
  };
  const gate = await openGate(job.network, builder.indexUrl, folder.path);
  try {
    const stage = {
      ...placeOf(group),
      gate: GATES[job.network],
      signal: AbortSignal.any([signal, loud.signal]),
      onLog,
    };
    const ended = sandbox.run(stage, budWords(job, dockerfile, isLabelled));
    // What needs the image begins at once then.
    if (runsNothing) for (const place of [PUSH_PLACE, placeOf(group)]) sandbox.warm(place);
    const { code, isTooLoud } = await ended;
    job.signal.throwIfAborted();
    if (code === NO_PROGRAM && !trail.step) throw new SandboxError(trail.last);
    const ending = {
      code,
      isOutOfTime: deadline.aborted,
      isTooLoud: isTooLoud || loud.signal.aborted,
      group,
      trail,
    };
    if (code !== 0) throw await buildFailure(job, ending);
    return imageId;
  } finally {
    await gate?.close();
  }
}

/** Gives back all that the build took. @param isBroken whether its disk may be why there was no sandbox. */
async function leave(workplace: Workplace, isBroken = false): Promise<void> {
  const { builder, folder, disk, sandbox } = workplace;
  await sandbox.close();
  await endControlGroup(groupName(builder.folders, folder.id));
  await disk.release(!isBroken);
  await folder.remove();
}

/** The disk of a job, and the sandbox around it. */
async function openOnDisk(builder: Builder, job: BuildJob, made: Promise<JobFolder>, signal: AbortSignal) {
  const { folders } = builder;
  const hasSecrets = Object.keys(job.secrets).length > 0;
  // What a secret made is on a disk of the job's own, which nobody uses again, however the build ends.
  const options = {
    folder: folders.disks,
    repository: hasSecrets ? null : job.tag.replace(/:[^:/]*$/, ''),
    isFresh: job.noCache || hasSecrets,
    bytes: job.limits.diskBytes,
  };
  const disk = await leaseDisk(options, async () => path.join((await made).path, 'spare.disk'));
  try {
    const folder = await made;
    const place = {
      jobFolder: folder.path,
      disk: disk.path,
      baseFolder: folders.base,
      canWriteBase: false,
    };
    const group = await holdGroup({ ...builder, ...job }, folder.id);
    return { disk, group, sandbox: await openSandbox(place, placeOf(group), signal) };
  } catch (error) {
    await disk.release(!(error instanceof SandboxError));
    throw error;
  }
}

async function prepare(
  builder: Builder,
  job: BuildJob,
  dockerfile: string,
  signal: AbortSignal,
): Promise<Workplace> {
  const labelled = withLabels(dockerfile, job);
  const files = {
    'environment.sed': environmentScript({ ...gateVariables(job.network), ...job.secrets }),
    ...(GATES[job.network] === 'for-steps' ? { 'has-gate': '' } : {}),
    ...(labelled === null ? {} : { [LABELLED]: labelled }),
  };
  const made = makeJobFolder(builder.folders.jobs, { isOfBase: false, files });
  const [opened, copied, ofCopies] = await Promise.allSettled([
    openOnDisk(builder, job, made, signal),
    made.then(({ settings }) => copyContext(job.contextDir, path.join(settings, 'context'))),
    isOfCopies(builder, job, dockerfile),
  ]);
  const folder = await made;
  if (opened.status === 'fulfilled' && copied.status === 'fulfilled' && ofCopies.status === 'fulfilled') {
    const runsNothing = ofCopies.value;
    return { builder, job, dockerfile, isLabelled: labelled !== null, runsNothing, folder, ...opened.value };
  }
  if (opened.status === 'fulfilled') {
    await opened.value.sandbox.close();
    await opened.value.disk.release(true);
  }
  await endControlGroup(groupName(builder.folders, folder.id));
  await folder.remove();
  throw [opened, copied, ofCopies].find((one) => one.status === 'rejected')?.reason;
}

/** The image, whose packages are read while it is pushed. */
function imageOf(workplace: Workplace, imageId: string, signal: AbortSignal): BuiltImage {
  const leaving = new AbortController();
  const ends = AbortSignal.any([signal, leaving.signal]);
  const bom = readBom(workplace, imageId, placeOf(workplace.group), ends).catch(() => null);
  return {
    platform: OWN_PLATFORM,
    bom: () => bom,
    push: (options) => pushImage(workplace, options),
    async remove() {
      leaving.abort();
      await bom;
      await leave(workplace);
    },
  };
}

async function buildIn(
  workplace: Workplace,
  signal: AbortSignal,
  deadline: AbortSignal,
): Promise<BuiltImage> {
  try {
    const imageId = await runBuild(workplace, signal, deadline);
    return imageOf(workplace, imageId, signal);
  } catch (error) {
    await leave(workplace, error instanceof SandboxError);
    throw error;
  }
}

/** Builds one image in a sandbox. @throws Fault, or SandboxError where sandboxes cannot be made. */
export async function buildImage(builder: Builder, job: BuildJob): Promise<BuiltImage> {
  requirePlatform(job);
  const deadline = AbortSignal.timeout(job.limits.seconds * 1000);
  const signal = AbortSignal.any([job.signal, deadline]);
  try {
    const dockerfile = await readDockerfileText(job);
    const trustedRegistry = registryOf(builder.baseImageTemplate);
    await provideBaseImages({ ...builder, ...job, dockerfile, trustedRegistry, signal });
    return await buildIn(await prepare(builder, job, dockerfile, signal), signal, deadline);
  } catch (error) {
    job.signal.throwIfAborted();
    if (isFault(error) || !deadline.aborted) throw error;
    const ending = { code: 124, isOutOfTime: true, isTooLoud: false, group: null, trail: new BuildTrail() };
    throw await buildFailure(job, ending);
  }
}
