import { vi } from 'vitest';
import { isAlive } from '#lib/postgres/postmaster.ts';
import { OWN_CONNECTIONS, PATIENT, type Station } from './station.ts';

/** Something that goes wrong around a server, and how things come right again. */
export interface Fault {
  /** Whether requests under way may stay without an answer. */
  losesAnswers: boolean;
  /** Whether they may be answered with 503. */
  isDatabaseAway: boolean;
  /** Lets it happen. @returns what brings things in order; call it when the requests under way have ended. */
  strike(station: Station): Promise<() => Promise<void>>;
}

const OF_SERVER = `backend_type = 'client backend' AND application_name <> ALL($1)`;

/** A connection of the server's, a busy one if there is one. */
async function someBackend(station: Station): Promise<number | undefined> {
  const [row] = await station.sql<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE ${OF_SERVER} ORDER BY (state = 'idle'), random() LIMIT 1`,
    [OWN_CONNECTIONS],
  );
  return row?.pid;
}

/** Waits until no connection of a server that was killed can change anything any more. */
async function untilForgotten(station: Station, killedAt: Date): Promise<void> {
  await vi.waitUntil(async () => {
    const query = `SELECT FROM pg_stat_activity WHERE ${OF_SERVER} AND backend_start <= $2`;
    return (await station.sql(query, [OWN_CONNECTIONS, killedAt])).length === 0;
  }, PATIENT);
}

async function killServer(station: Station) {
  station.life += 1;
  await station.server.kill();
  return async () => {
    const [row] = await station.sql<{ now: Date }>('SELECT now()');
    await station.restart();
    await untilForgotten(station, row?.now ?? new Date());
  };
}

async function stopServer(station: Station) {
  station.life += 1;
  const stopped = station.server.stop();
  // Who awaits it sees the failure; until then nobody does.
  stopped.catch(() => {});
  return async () => {
    await stopped;
    await station.restart();
  };
}

/** Its connections outlive it for a moment, in which they still answer: whether the server is ready, for one. */
async function killPostmaster(station: Station) {
  const backends = await station.sql<{ pid: number }>('SELECT pid FROM pg_stat_activity');
  const pids = [station.postmasterPid(), ...backends.map(({ pid }) => pid)];
  process.kill(station.postmasterPid(), 'SIGKILL');
  return async () => {
    await vi.waitUntil(() => !pids.some(isAlive), PATIENT);
    await station.untilReady();
  };
}

async function killAll(station: Station) {
  const pid = station.postmasterPid();
  station.life += 1;
  await station.server.kill();
  process.kill(pid, 'SIGKILL');
  return async () => {
    await vi.waitUntil(() => !isAlive(pid), PATIENT);
    await station.restart();
  };
}

async function checkpointer(station: Station): Promise<number | undefined> {
  const query = `SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'`;
  return (await station.sql<{ pid: number }>(query))[0]?.pid;
}

/** Postgres takes the sudden end of one of its processes for damage to all, and starts over. */
async function crashBackend(station: Station) {
  const before = await checkpointer(station);
  const pid = await someBackend(station);
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  return async () => {
    if (pid === undefined) return;
    await vi.waitUntil(async () => ![before, undefined].includes(await checkpointer(station)), PATIENT);
    await station.untilReady();
  };
}

async function endBackend(station: Station) {
  const pid = await someBackend(station);
  await station.sql('SELECT pg_terminate_backend($1)', [pid]);
  return async () => {
    const query = 'SELECT FROM pg_stat_activity WHERE pid = $1';
    await vi.waitUntil(async () => (await station.sql(query, [pid])).length === 0, PATIENT);
  };
}

const serverEnds = { losesAnswers: true, isDatabaseAway: false };
const databaseEnds = { losesAnswers: false, isDatabaseAway: true };

export const FAULTS = {
  'kill server': { ...serverEnds, strike: killServer },
  'stop server': { ...serverEnds, strike: stopServer },
  'kill server and Postgres': { ...serverEnds, strike: killAll },
  'kill Postgres': { ...databaseEnds, strike: killPostmaster },
  'kill a connection of Postgres': { ...databaseEnds, strike: crashBackend },
  'end a connection of Postgres': { ...databaseEnds, strike: endBackend },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
