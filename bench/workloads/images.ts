import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { runAdmin } from '#lib/testing/admin.ts';
import { zipOf } from '#lib/testing/executor-zip.ts';
import { ensureBaseImage } from '../../e2e/images/support/base-image.ts';
import { helloNamed } from '../../e2e/images/support/client.ts';
import { startPlainRegistry } from '../../e2e/images/support/plain-registry.ts';
import { type Somebody, Station } from '../../e2e/images/support/station.ts';
import { type Finding, figure } from '../finding.ts';
import type { Job } from '../load/plan.ts';
import { measure, planFor } from '../measure.ts';
import { median } from '../rounds.ts';
import type { Server } from '../server.ts';
import { findProgram, startReference } from '../servers/child.ts';

const run = promisify(execFile);
const CONNECTIONS = 16;
const SECONDS = 5;
const MIN_OF_SIGNER = 0.5;
const MAX_OF_BUILDAH = 1.5;
const PROGRAMS = ['buildah', 'docker-registry', 'mmdebstrap', 'runc', 'skopeo'];
const SIGNER = path.resolve(import.meta.dirname, '../references/signer.ts');

/** Debian's runc, and limits that a container may set. */
const CONTAINERS_CONF = `
[containers]
default_ulimits = ["nofile=16384:16384", "nproc=16384:16384"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
`;

interface Measured {
  rounds: number;
  folder: string;
  tell(line: string): void;
}

/** From the first byte of the upload until the image can be pulled, in seconds; each round is another folder. */
async function pushSeconds(station: Station, { token }: Somebody, round: number): Promise<number> {
  const files = { ...helloNamed('Bench'), 'README.md': `round ${round}` };
  const form = new FormData();
  form.set('private', 'True');
  form.set('id', 'Bench');
  form.set('file', new Blob([new Uint8Array(await zipOf(files))]));
  const headers = { authorization: `token ${token}`, 'jinameta-jina': '3.23.2', 'jinameta-python': '3.11.2' };
  const startedMs = performance.now();
  const reply = await fetch(`${station.server.url}/v2/rpc/executor.push`, {
    method: 'POST',
    headers,
    body: form,
  });
  const text = await reply.text();
  if (!text.includes('"type":"complete"')) throw new Error(`the push failed: ${text.slice(-1000)}`);
  return (performance.now() - startedMs) / 1000;
}

/** buildah and nothing else, with a store of its own. */
async function makeBuildah(folder: string, base: { file: string; name: string }) {
  const conf = path.join(folder, 'containers.conf');
  await writeFile(conf, CONTAINERS_CONF);
  const env = { ...process.env, CONTAINERS_CONF: conf };
  const place = ['--root', path.join(folder, 'store'), '--runroot', path.join(folder, 'run')];
  const buildah = (...words: string[]) => run('buildah', [...place, ...words], { env, maxBuffer: 2 ** 26 });
  const { stdout } = await buildah('pull', '-q', `docker-archive:${base.file}`);
  await buildah('tag', stdout.trim(), `docker.io/${base.name}`);
  return buildah;
}

type Buildah = Awaited<ReturnType<typeof makeBuildah>>;

/** A build of such a folder and a push of it, in seconds. */
async function bareSeconds(buildah: Buildah, host: string, folder: string, round: number): Promise<number> {
  const context = path.join(folder, `context-${round}`);
  await mkdir(context);
  const { name } = await ensureBaseImage();
  const dockerfile = `FROM ${name}\nCOPY . /workspace\nWORKDIR /workspace\nENTRYPOINT ["jina","executor","--uses","config.yml"]\n`;
  const files = { ...helloNamed('Bench'), 'README.md': `round ${round}`, Dockerfile: dockerfile };
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(context, file), text);
  const image = `${host}/jinahub/bench:${round}`;
  const startedMs = performance.now();
  await buildah('bud', '--isolation', 'oci', '--pull-never', '--layers', '-t', image, context);
  await buildah('push', '--tls-verify=false', image);
  return (performance.now() - startedMs) / 1000;
}

async function measurePushes({ rounds, folder, tell }: Measured): Promise<Finding> {
  const base = await ensureBaseImage();
  const registry = await startPlainRegistry();
  const station = await Station.start();
  const store = path.join(folder, 'buildah');
  await mkdir(store, { recursive: true });
  const buildah = await makeBuildah(store, base);
  const [ours, bare]: [number[], number[]] = [[], []];
  try {
    await runAdmin(station.env, ['image', 'import', base.name, base.file]);
    const owner = await station.addPerson('bench');
    // The base image goes to both registries once.
    await pushSeconds(station, owner, 0);
    await bareSeconds(buildah, registry.host, store, 0);
    for (let round = 1; round <= rounds; round++) {
      ours.push(await pushSeconds(station, owner, round));
      bare.push(await bareSeconds(buildah, registry.host, store, round));
      tell(
        `images ${round}/${rounds}: ${figure(ours.at(-1) ?? 0)} s, buildah alone ${figure(bare.at(-1) ?? 0)} s`,
      );
    }
  } finally {
    await buildah('rmi', '--all', '--force').catch(() => null);
    await registry.stop();
    await station.stop();
  }
  const ratio = median(ours) / median(bare);
  return {
    what: 'push of an Executor without requirements, from the upload until its image can be pulled',
    ours: `${figure(median(ours))} s`,
    reference: `buildah bud and buildah push alone: ${figure(median(bare))} s`,
    ratio,
    goal: `at most ${MAX_OF_BUILDAH}`,
    isMet: ratio <= MAX_OF_BUILDAH,
    note: 'times, not rates; the base image is in both registries already',
  };
}

function tokenJob(headers: Record<string, string>): Job {
  const target = '/registry/token?service=groundstation-registry&scope=repository:jinahub/ab12cd34:pull';
  return [{ verb: 'GET', path: target, headers, status: 200, contains: 'access_token' }];
}

async function measureTokens(server: Server, token: string, { rounds }: Measured): Promise<Finding> {
  const basic = Buffer.from(`bench:${token}`).toString('base64');
  const job = tokenJob({ authorization: `Basic ${basic}` });
  const signer = await startReference(SIGNER, []);
  const bare: Server = { ...server, origin: signer.origin, pid: signer.pid, roots: [signer.pid] };
  const rates = new Map<Server, number[]>([
    [server, []],
    [bare, []],
  ]);
  try {
    for (let round = 1; round <= rounds; round++)
      for (const [one, samples] of rates) {
        const plan = planFor(one, { jobs: [job], connections: CONNECTIONS, maxSeconds: SECONDS });
        const { jobs, seconds } = await measure(one, plan);
        samples.push(jobs / seconds);
      }
  } finally {
    await signer.stop();
  }
  const [ours, theirs] = [median(rates.get(server) ?? []), median(rates.get(bare) ?? [])];
  return {
    what: 'token for the registry, 16 connections',
    ours: `${figure(ours)}/s`,
    reference: `a bare signer ${figure(theirs)}/s`,
    ratio: ours / theirs,
    goal: `at least ${MIN_OF_SIGNER}`,
    isMet: ours / theirs >= MIN_OF_SIGNER,
  };
}

/** Images: how much longer a push takes than buildah alone, and how many tokens for pulls there are in a second. */
export async function measureImages(server: Server, token: string, measured: Measured): Promise<Finding[]> {
  const tokens = await measureTokens(server, token, measured);
  const isPossible = process.getuid?.() === 0 && PROGRAMS.every((name) => findProgram(name, undefined));
  if (!isPossible) measured.tell(`images: builds need root and ${PROGRAMS.join(', ')}`);
  return isPossible ? [tokens, await measurePushes(measured)] : [tokens];
}
