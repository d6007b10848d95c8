import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, POSTGRES_ENVIRONMENT, SUPERUSER } from '#lib/postgres/cluster.ts';
import { watchEnd } from '#lib/process-end.ts';

/** A running Postgres server: of this process, or left over by one that was killed. */
export interface Postmaster {
  pid: number;
  port: number;
  /** Resolves when the process is gone. */
  gone: Promise<void>;
}

/** Kept for the next look when the log has grown beyond this. */
const LOG_BYTES = 10_000_000;
const POLL_MS = 50;
/** How often we look whether a Postgres that is not our child still lives. */
const ADOPTED_POLL_MS = 500;

/** The URL of `database` on a server of ours. */
export function databaseUrl(password: string, port: number, database: string): string {
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Whether the process has ended and only waits to be asked how; in a container there may be nobody to ask. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    // proc(5): the state follows the program's name, which is in parentheses and may hold some itself.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}

/** Whether there is a process `pid` that has not ended, of whatever user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !isZombie(pid);
}

/** What `postmaster.pid` says: line 1 is the process, line 4 the port. Null when there is no such process. */
export function readPidFile(dir: string): { pid: number; port: number } | null {
  let lines: string[];
  try {
    lines = readFileSync(path.join(dir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 && isAlive(pid) ? { pid, port } : null;
}

/** 'yes' when the cluster's own server answers there, 'wait' while it starts or stops, else 'no'. */
async function answers(cluster: Cluster, port: number): Promise<'yes' | 'wait' | 'no'> {
  const client = new pg.Client({ connectionString: databaseUrl(cluster.password, port, 'postgres') });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory === cluster.dir ? 'yes' : 'no';
  } catch (error) {
    // cannot_connect_now: it starts up, recovers from a crash, or shuts down.
    return (error as { code?: string }).code === '57P03' ? 'wait' : 'no';
  } finally {
    await client.end().catch(() => {});
  }
}

async function goneByPolling(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(ADOPTED_POLL_MS);
}

/** The server that a killed process of ours left running on this cluster, or null. */
export async function adoptPostmaster(cluster: Cluster): Promise<Postmaster | null> {
  for (;;) {
    const left = readPidFile(cluster.dir);
    if (!left) return null;
    const answer = await answers(cluster, left.port);
    if (answer === 'yes') return { ...left, gone: goneByPolling(left.pid) };
    if (answer === 'no') return null;
    await delay(POLL_MS);
  }
}

function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES) renameSync(file, `${file}.old`);
  return openSync(file, 'a', 0o600);
}

function spawnPostgres(cluster: Cluster, port: number, settings: string[]): ChildProcess {
  const all = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `port=${port}`,
    'log_checkpoints=off',
    ...settings,
  ];
  const log = openLog(cluster.logFile);
  const identity = cluster.user ? { uid: cluster.user.uid, gid: cluster.user.gid } : {};
  try {
    return spawn(cluster.binaries.postgres, ['-D', cluster.dir, ...all.flatMap((one) => ['-c', one])], {
      ...identity,
      cwd: cluster.dir,
      env: POSTGRES_ENVIRONMENT,
      // A session of its own: Ctrl-C in the terminal is for us, and we stop Postgres when nothing uses it.
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

/**
 * Starts Postgres on the cluster and waits until it answers, however long it recovers.
 * @param onSpawn hears of the process as soon as there is one, for who may have to end it before it answers.
 * @returns null when it ended instead, for example because what remains of a killed one is still ending.
 */
export async function startPostmaster(
  cluster: Cluster,
  port: number,
  settings: string[],
  onSpawn: (pid: number) => void = () => {},
): Promise<Postmaster | null> {
  const child = spawnPostgres(cluster, port, settings);
  if (child.pid) onSpawn(child.pid);
  const { gone, isGone } = watchEnd(child);
  while (!isGone()) {
    if (child.pid && (await answers(cluster, port)) === 'yes') {
      return { pid: child.pid, port, gone };
    }
    await Promise.race([gone, delay(POLL_MS)]);
  }
  return null;
}

/** The last thing that Postgres said when it could not go on, for the log and for people; '' when it said nothing. */
export function lastFatal(cluster: Cluster): string {
  let lines: string[];
  try {
    lines = readFileSync(cluster.logFile, 'utf8').trimEnd().split('\n');
  } catch {
    return '';
  }
  return lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? '';
}
