import { spawn } from 'node:child_process';
import { Fault } from '#lib/errors.ts';
import type { BuildJob, BuiltImage, ImageBuilder } from '#lib/images/builder.ts';
import { log } from '#lib/log.ts';
import { BuildTrail, buildFailure } from './build-failure.ts';
import { FILE_TIME } from './copy-context.ts';
import { askEngine, EngineError, readEvents } from './docker-engine.ts';
import { MAX_LINE_LENGTH } from './lines.ts';
import { MAX_OUTPUT } from './stage.ts';

const CPU_PERIOD_US = 100_000;
/** An empty event is as much work as one of this length. */
const EVENT_COST = 32;

export interface DockerOptions {
  /** `unix:///var/run/docker.sock` or `tcp://host:2375`. */
  host: string;
  /** Whether everybody who pushes is trusted: an engine reaches what its machine reaches. */
  isTrusted: boolean;
}

function requireAllowed({ isTrusted }: DockerOptions, job: BuildJob): void {
  if (!isTrusted) {
    const sentence =
      'Builds by a Docker Engine can reach its machine and network; set BUILD_TRUST=1 if all who push are trusted.';
    throw new Fault('unavailable', sentence);
  }
  if (Object.keys(job.secrets).length > 0) {
    const sentence =
      'This server builds by a Docker Engine, which would keep the variables of a build in the image; leave them out.';
    throw new Fault('invalid', sentence);
  }
}

function queryOf(job: BuildJob): string {
  const { memoryBytes, cpus } = job.limits;
  const query = new URLSearchParams({
    version: '1',
    t: job.tag,
    dockerfile: job.dockerfile,
    buildargs: JSON.stringify(job.buildArgs),
    labels: JSON.stringify(job.labels),
    nocache: job.noCache ? '1' : '0',
    rm: '1',
    forcerm: '1',
    memory: `${memoryBytes}`,
    memswap: `${memoryBytes}`,
    cpuperiod: `${CPU_PERIOD_US}`,
    cpuquota: `${cpus * CPU_PERIOD_US}`,
    networkmode: job.network === 'none' ? 'none' : 'default',
    ...(job.platform ? { platform: job.platform } : {}),
  });
  return query.toString();
}

/** The package as an archive; the same files make the same archive. */
function archiveOf({ contextDir }: BuildJob) {
  const words = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name', `--mtime=${FILE_TIME}`];
  return spawn('tar', ['-C', contextDir, ...words, '-c', '.'], { stdio: ['ignore', 'pipe', 'ignore'] })
    .stdout;
}

/** What is said about a step that was killed: its memory is the only limit by which an engine kills. */
function groupOf(code: number) {
  return { folders: [], ranOutOfMemory: async () => code === 137, ranOutOfProcesses: async () => false };
}

async function runBuild({ host }: DockerOptions, job: BuildJob): Promise<void> {
  const deadline = AbortSignal.timeout(job.limits.seconds * 1000);
  const loud = new AbortController();
  const signal = AbortSignal.any([job.signal, deadline, loud.signal]);
  const trail = new BuildTrail();
  let code = 0;
  let length = 0;
  const hear = (line: string, source: 'stdout' | 'stderr') => {
    trail.hear(line);
    job.onLog(line, source);
  };
  const headers = { 'content-type': 'application/x-tar' };
  const asked = {
    method: 'POST' as const,
    path: `/build?${queryOf(job)}`,
    headers,
    body: archiveOf(job),
    signal,
  };
  try {
    await readEvents(await askEngine(host, asked), ({ stream = '', error, errorDetail }) => {
      // Counted before it is lines: empty ones are none.
      length += stream.length + EVENT_COST;
      if (length > MAX_OUTPUT) return loud.abort();
      for (const line of stream.split(/[\r\n]+/))
        if (line.trim()) hear(line.slice(0, MAX_LINE_LENGTH), 'stdout');
      if (!error) return;
      code = errorDetail?.code || 1;
      hear(error, 'stderr');
    });
  } catch (error) {
    job.signal.throwIfAborted();
    if (!signal.aborted) throw error;
    code = 137;
  }
  const ending = {
    code,
    isOutOfTime: deadline.aborted,
    isTooLoud: loud.signal.aborted,
    group: groupOf(code),
    trail,
  };
  if (code !== 0) throw await buildFailure(job, ending);
}

async function platformOf({ host }: DockerOptions, { tag, signal }: BuildJob): Promise<string> {
  const answer = await askEngine(host, { method: 'GET', path: `/images/${tag}/json`, signal });
  let text = '';
  for await (const piece of answer) text += piece;
  const { Os, Architecture, Variant } = JSON.parse(text) as Record<string, string | undefined>;
  // The engine names the variant of an arm64, too, which nobody else does.
  return [Os, Architecture, ...(Architecture === 'arm' && Variant ? [Variant] : [])].join('/');
}

async function push({ host }: DockerOptions, { tag }: BuildJob, options: Parameters<BuiltImage['push']>[0]) {
  const { token, onLog, signal } = options;
  const [, name = '', version = ''] = /^(.*):([^:/]*)$/.exec(tag) ?? [];
  const login = Buffer.from(JSON.stringify({ registrytoken: token })).toString('base64url');
  const asked = { method: 'POST' as const, path: `/images/${name}/push?tag=${version}`, signal };
  let digest = '';
  let failure = '';
  await readEvents(await askEngine(host, { ...asked, headers: { 'x-registry-auth': login } }), (event) => {
    if (event.status) onLog(event.status, 'stdout');
    digest = event.aux?.Digest ?? digest;
    failure = event.error ?? failure;
  });
  if (digest && !failure) return digest;
  throw new Fault(
    'unavailable',
    'The registry of this server does not take the image now; it is tried again.',
    {
      cause: failure,
    },
  );
}

/** Turns what an engine says into what a builder says. */
async function orFault<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    log().error({ err: error }, 'the Docker Engine does not do what a build needs');
    throw new Fault('unavailable', 'The builder of this server does not work; ask its operator.', {
      cause: error,
    });
  }
}

/**
 * Builds by a Docker Engine. It ends a build whose connection is gone, so nothing of it is left to sweep; images that were
 * built and not removed stay under their names until its operator prunes them.
 */
export function dockerBuilder(options: DockerOptions): ImageBuilder {
  const { host } = options;
  const remove = async (job: BuildJob) => {
    const signal = AbortSignal.timeout(60_000);
    (await askEngine(host, { method: 'DELETE', path: `/images/${job.tag}?force=1`, signal })).resume();
  };
  const build = async (job: BuildJob): Promise<BuiltImage> => {
    requireAllowed(options, job);
    await runBuild(options, job);
    return {
      platform: await platformOf(options, job),
      bom: async () => null,
      push: (wanted) => orFault(() => push(options, job, wanted)),
      remove: () => orFault(() => remove(job)),
    };
  };
  return { build: (job) => orFault(() => build(job)), sweep: async () => undefined };
}
