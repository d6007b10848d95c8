import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '#lib/root.ts';
import { PLAIN_EXECUTOR, zipOf } from '#lib/testing/executor-zip.ts';
import { type Finding, figure } from '../finding.ts';
import type { Job } from '../load/plan.ts';
import { measure, planFor } from '../measure.ts';
import { median } from '../rounds.ts';
import { does, type Server } from '../server.ts';

const PACKAGE_BYTES = 5_000_000;
const CONNECTIONS = 16;
const SECONDS = 5;
const MIN_OF_WHOAMI = 0.4;
/** Made by `npm test` (scripts/python-envs.ts). */
const PYTHON = path.join(ROOT, '.cache/python/jina-3.23/bin/python');
const PROGRAM = path.join(ROOT, 'bench/time_jina.py');

interface Measured {
  server: Server;
  bare: Server;
  token: string;
  rounds: number;
  /** For the folder that a real client pushes. */
  folder: string;
  tell(line: string): void;
}

/** Weights that nothing can make shorter, beside a program. */
const FILES = { ...PLAIN_EXECUTOR, 'weights.bin': randomBytes(PACKAGE_BYTES) };

/** From the first byte of the upload to `complete`, in seconds; each round is content that nobody has pushed. */
async function pushSeconds({ server, token }: Measured, round: number): Promise<number> {
  const zip = await zipOf({ ...FILES, 'README.md': `round ${round}` });
  const form = new FormData();
  form.set('private', 'True');
  form.set('md5sum', createHash('md5').update(zip).digest('hex'));
  form.set('id', 'BenchExecutor');
  form.set('file', new Blob([new Uint8Array(zip)]));
  const startedMs = performance.now();
  const reply = await fetch(`${server.origin}/v2/rpc/executor.push`, {
    method: 'POST',
    headers: { authorization: `token ${token}` },
    body: form,
  });
  const text = await reply.text();
  if (!text.includes('"type":"complete"')) throw new Error(`the push failed: ${text.slice(-500)}`);
  return (performance.now() - startedMs) / 1000;
}

/** A push of as many bytes to the bare server. */
async function bareSeconds({ bare }: Measured, round: number): Promise<number> {
  const name = `package-${round}`;
  const job = await does(bare, 'push')(name, PACKAGE_BYTES);
  const { seconds } = await measure(bare, planFor(bare, { jobs: [job], maxJobs: 1 }));
  await does(bare, 'remove')([name]);
  return seconds;
}

function packageJob(token: string): Job {
  const headers = { authorization: `token ${token}`, 'content-type': 'application/json' };
  const input = JSON.stringify({ id: 'BenchExecutor', include: ['code'], rebuildImage: true });
  const payload = { before: input, sizeBytes: 0, after: '', isChunked: false };
  const route = '/v2/rpc/executor.getPackage';
  return [{ verb: 'POST', path: route, headers, payload, status: 200, contains: 'md5' }];
}

/** Answers a second, with 16 connections. */
async function rate(server: Server, job: Job): Promise<number> {
  const { jobs, seconds } = await measure(
    server,
    planFor(server, { jobs: [job], connections: CONNECTIONS, maxSeconds: SECONDS }),
  );
  return jobs / seconds;
}

interface ClientRound {
  own: number;
  push: number;
}

/** The same folder by the real client, beside what it does before it sends; nothing where it is not installed. */
async function clientRounds({ server, token, rounds, folder }: Measured): Promise<ClientRound[]> {
  if (!existsSync(PYTHON)) return [];
  const place = path.join(folder, 'executor');
  await mkdir(place, { recursive: true });
  for (const [name, content] of Object.entries(FILES)) await writeFile(path.join(place, name), content);
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    NO_PROXY: '*',
    JINA_HUBBLE_REGISTRY: server.origin,
    JINA_AUTH_TOKEN: token,
    JINA_OPTOUT_TELEMETRY: '1',
  };
  const { stdout } = await promisify(execFile)(PYTHON, [PROGRAM, place, String(rounds)], {
    env: { ...env, NODE_ENV: 'production' as const },
    maxBuffer: 16 * 1024 * 1024,
  });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '[]');
}

/** Pushes of a package of 5 MB without an image, and how many look-ups of it there are in a second. */
export async function measureExecutors(measured: Measured): Promise<Finding[]> {
  const { server, token, rounds, tell } = measured;
  const [pushes, bares, packages, whoamis]: number[][] = [[], [], [], []];
  for (let round = 1; round <= rounds; round++) {
    pushes?.push(await pushSeconds(measured, round));
    bares?.push(await bareSeconds(measured, round));
    packages?.push(await rate(server, packageJob(token)));
    whoamis?.push(await rate(server, await does(server, 'whoami')()));
    tell(`executors ${round}/${rounds}: push ${figure(pushes?.at(-1) ?? 0)} s`);
  }
  const [push, bare] = [median(pushes ?? []), median(bares ?? [])];
  const [got, whoami] = [median(packages ?? []), median(whoamis ?? [])];
  const client = await clientRounds(measured);
  const real: Finding[] =
    client.length === 0
      ? []
      : [
          {
            what: 'jina 3.23: jina hub push of the same folder',
            ours: `${figure(median(client.map((one) => one.push)))} s`,
            reference: `its own packing: ${figure(median(client.map((one) => one.own)))} s`,
            ratio: median(client.map((one) => one.push / one.own)),
            note: 'times, not rates; the rest is the server, and three calls of whoami',
          },
        ];
  return [
    {
      what: 'push of an Executor, 5 MB, from the upload to complete, without an image',
      ours: `${figure(push)} s`,
      reference: `bare node:http, the bytes alone: ${figure(bare)} s`,
      ratio: push / bare,
      note: 'times, not rates: ours is received, unpacked, read, packed anew and stored a second time',
    },
    ...real,
    {
      what: `getPackage, ${CONNECTIONS} connections`,
      ours: `${figure(got)}/s`,
      reference: `whoami ${figure(whoami)}/s`,
      ratio: got / whoami,
      goal: `at least ${MIN_OF_WHOAMI}`,
      isMet: got / whoami >= MIN_OF_WHOAMI,
    },
  ];
}
