import path from 'node:path';
import { Fault, isFault } from '#lib/errors.ts';
import type { BuildJob, BuiltImage } from '#lib/images/builder.ts';
import { provideBaseImages } from './base-images.ts';
import { BuildTrail, buildFailure } from './build-failure.ts';
import type { BuildahOptions } from './buildah.ts';
import { endControlGroup } from './control-group.ts';
import { type Disk, leaseDisk } from './disk.ts';
import { readDockerfileText } from './dockerfile-text.ts';
import { environmentScript } from './environment.ts';
import { type BuilderFolders, firstId, groupName } from './folders.ts';
import { gateVariables, openGate } from './gate.ts';
import { holdGroup } from './hold-group.ts';
import { registryOf } from './image-name.ts';
import { type JobFolder, makeJobFolder } from './job-folder.ts';
import { pushImage } from './push-image.ts';
import { readBom } from './read-bom.ts';
import { MAX_OUTPUT, runInSandbox, type Sandbox, SandboxError } from './sandbox.ts';

/** Short lines are as much work as those of this length. */
const LINE_COST = 32;
/** Of a shell's: what it should run is not installed. */
const NO_PROGRAM = 127;

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

/** The words that run buildah. All of the image's layers stay apart, so that the next build finds those that did not change. */
function commandOf(job: BuildJob): string[] {
  const pairs = (option: string, values: Record<string, string>) =>
    Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
  // ADD fetches in buildah itself.
  const proxies = job.network === 'open' ? gateVariables('open') : {};
  return [
    ...['env', ...Object.entries(proxies).map(([name, value]) => `${name}=${value}`)],
    ...['buildah', 'bud', '--isolation', 'oci', '--runtime', '/job/runtime.sh', '--network', 'host'],
    ...[
      '--format',
      'docker',
      '--pull=never',
      '--identity-label=false',
      '--http-proxy=false',
      '--layers',
      '--force-rm',
    ],
    ...pairs('--label', job.labels),
    ...pairs('--build-arg', job.buildArgs),
    ...['--tag', job.tag, '--file', `/job/context/${job.dockerfile}`, '/job/context'],
  ];
}

/** What belongs to a build, from its start until its image is removed. */
interface Workplace {
  builder: Builder;
  job: BuildJob;
  folder: JobFolder;
  disk: Disk;
}

/** @returns what is installed in the image, as far as that can be read. */
async function runBuild(
  { builder, job, folder, disk }: Workplace,
  signal: AbortSignal,
  deadline: AbortSignal,
) {
  const trail = new BuildTrail();
  const loud = new AbortController();
  let length = 0;
  const onLog: Sandbox['onLog'] = (line, source) => {
    length += line.length + LINE_COST;
    if (length > MAX_OUTPUT) return loud.abort();
    trail.hear(line);
    job.onLog(line, source);
  };
  const group = await holdGroup({ ...builder, ...job }, folder.id);
  const gate = await openGate(job.network, builder.indexUrl, folder.path);
  try {
    const place = {
      jobFolder: folder.path,
      disk: disk.path,
      baseFolder: builder.folders.base,
      canWriteBase: false,
    };
    const network = { network: 'own' as const, hasGate: gate !== null };
    const bounds = { groupFolders: group?.folders ?? [], firstId: firstId() };
    const sandbox = {
      ...place,
      ...network,
      ...bounds,
      signal: AbortSignal.any([signal, loud.signal]),
      onLog,
    };
    const { code, isTooLoud } = await runInSandbox(sandbox, commandOf(job));
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
    return await readBom({ builder, job, folder, disk }, group?.folders ?? [], signal);
  } finally {
    await gate?.close();
    await endControlGroup(groupName(builder.folders, folder.id));
  }
}

/** Gives back all that the build took. @param isBroken whether its disk may be why there was no sandbox. */
async function leave({ folder, disk }: Workplace, isBroken = false): Promise<void> {
  await folder.remove();
  await disk.release(!isBroken);
}

async function prepare(builder: Builder, job: BuildJob): Promise<Workplace> {
  const { folders } = builder;
  const hasSecrets = Object.keys(job.secrets).length > 0;
  const variables = { ...gateVariables(job.network), ...job.secrets };
  const files = { 'environment.sed': environmentScript(variables) };
  const folder = await makeJobFolder(folders.jobs, { isOfBase: false, contextDir: job.contextDir, files });
  try {
    const repository = job.tag.replace(/:[^:/]*$/, '');
    // What a secret made is on a disk of the job's own, which nobody uses again, however the build ends.
    const isFresh = job.noCache || hasSecrets;
    const options = {
      folder: folders.disks,
      repository: hasSecrets ? null : repository,
      isFresh,
      bytes: job.limits.diskBytes,
    };
    const disk = await leaseDisk(options, path.join(folder.path, 'spare.disk'));
    return { builder, job, folder, disk };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

function imageOf(workplace: Workplace, bom: object | null): BuiltImage {
  return {
    platform: OWN_PLATFORM,
    bom,
    push: (options) => pushImage(workplace, options),
    remove: () => leave(workplace),
  };
}

async function buildIn(
  workplace: Workplace,
  signal: AbortSignal,
  deadline: AbortSignal,
): Promise<BuiltImage> {
  try {
    return imageOf(workplace, await runBuild(workplace, signal, deadline));
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
    return await buildIn(await prepare(builder, job), signal, deadline);
  } catch (error) {
    job.signal.throwIfAborted();
    if (isFault(error) || !deadline.aborted) throw error;
    const ending = { code: 124, isOutOfTime: true, isTooLoud: false, group: null, trail: new BuildTrail() };
    throw await buildFailure(job, ending);
  }
}
