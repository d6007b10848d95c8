import { chmod, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Finding, figure } from '../finding.ts';
import { databaseBytes, residentBytes } from '../processes.ts';
import { median } from '../rounds.ts';
import { startChild, startCommand, until } from '../servers/child.ts';
import { postmasterPid } from '../servers/groundstation.ts';

const LISTENS = /^Groundstation listens on (\S+)/m;
/** A file of the pages: it is answered when Next is loaded. */
const OF_THE_PAGES = '/icon.svg';
const SETTLE_MS = 3_000;
const MAX_SECONDS = 5;
const MAX_BYTES = 250_000_000;

/** From the command to the first time that it is ready, and what it takes when nobody asks for anything. */
async function startOnce(dataDir: string): Promise<{ seconds: number; bytes: number }> {
  const startedMs = performance.now();
  const env = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' };
  const child = startChild('/bin/sh', ['-c', startCommand()], env);
  const url = (target: string) => `${LISTENS.exec(child.output())?.[1]}${target}`;
  await until(async () => (await fetch(url('/api/ready'))).ok, child);
  const seconds = (performance.now() - startedMs) / 1000;
  await until(async () => (await fetch(url(OF_THE_PAGES))).ok, child);
  await delay(SETTLE_MS);
  const bytes = residentBytes(child.pid) + databaseBytes(postmasterPid(dataDir));
  await child.stop();
  return { seconds, bytes };
}

/** Starts on data that is there, and the memory of a server that has nothing to do. */
export async function measureStarts(
  parent: string,
  rounds: number,
  tell: (line: string) => void,
): Promise<Finding[]> {
  const dataDir = await mkdtemp(path.join(parent, 'start-'));
  // Postgres's own user must pass through it.
  await chmod(dataDir, 0o711);
  await startOnce(dataDir);
  const starts: { seconds: number; bytes: number }[] = [];
  for (let round = 1; round <= rounds; round++) {
    const start = await startOnce(dataDir);
    starts.push(start);
    tell(`start ${round}/${rounds}: ${figure(start.seconds)} s, ${figure(start.bytes / 1e6)} MB`);
  }
  await rm(dataDir, { recursive: true });
  const seconds = median(starts.map((start) => start.seconds));
  const bytes = median(starts.map((start) => start.bytes));
  return [
    {
      what: 'warm start until /api/ready',
      ours: `${figure(seconds)} s`,
      goal: `under ${MAX_SECONDS} s`,
      isMet: seconds < MAX_SECONDS,
      note: 'the command of npm start, its own Postgres included',
    },
    {
      what: 'memory when idle, pages loaded',
      ours: `${figure(bytes / 1e6)} MB`,
      goal: `under ${MAX_BYTES / 1e6} MB`,
      isMet: bytes < MAX_BYTES,
      note: 'server and its Postgres',
    },
  ];
}
