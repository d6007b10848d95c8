import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { openCluster } from '#lib/postgres/cluster.ts';
import { databaseUrl, type Postmaster, startPostmaster } from '#lib/postgres/postmaster.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

/** A database that a test can take away from a server. */
export interface AwayDatabase {
  /** What a server that uses it is started with. */
  env: { DATA_DIR: string } & Record<string, string>;
  goAway(): Promise<void>;
  /** Brings it back, or waits until something else has. */
  comeBack(): Promise<void>;
  /** Removes all of it; the server has ended by then. */
  end(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const START_STEP_MS = 20;

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Backends of the one before may still be ending, so it may take more than one try. */
async function start(cluster: Parameters<typeof startPostmaster>[0], port: number): Promise<Postmaster> {
  for (const end = Date.now() + START_TIMEOUT_MS; Date.now() < end; await delay(START_STEP_MS)) {
    const running = await startPostmaster(cluster, port, ['fsync=off']);
    if (running) return running;
  }
  throw new Error('Postgres does not start.');
}

/** The processes of a Postgres, which has a child for each connection. */
function processesOf(postmaster: number): number[] {
  const isChild = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/status`, 'utf8').includes(`\nPPid:\t${postmaster}\n`);
    } catch {
      // It has ended.
      return false;
    }
  };
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isChild(name));
  return [postmaster, ...children.map(Number)];
}

/** The same, but it is stopped where it is: its connections stay, and nothing answers. */
export async function frozenPostgres(): Promise<AwayDatabase> {
  const database = await externalPostgres('SIGINT');
  const signal = (what: NodeJS.Signals) => {
    for (const pid of processesOf(database.pid())) {
      try {
        process.kill(pid, what);
      } catch (error) {
        // One that was told before may have ended since.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  };
  return {
    ...database,
    goAway: async () => signal('SIGSTOP'),
    comeBack: async () => signal('SIGCONT'),
    async end() {
      signal('SIGCONT');
      await database.end();
    },
  };
}

/** A Postgres that the server gets by DATABASE_URL; it goes away by this signal, and nobody but the test starts it. */
export async function externalPostgres(signal: NodeJS.Signals): Promise<AwayDatabase & { pid(): number }> {
  const { folder, remove } = makeTemporaryFolder();
  const [cluster, port] = [await openCluster(folder), await freePort()];
  let running: Postmaster | null = await start(cluster, port);
  const stop = async (how: NodeJS.Signals) => {
    if (!running) return;
    process.kill(running.pid, how);
    await running.gone;
    running = null;
  };
  const client = new pg.Client({ connectionString: databaseUrl(cluster.password, port, 'postgres') });
  await client.connect();
  await client.query('CREATE DATABASE station');
  await client.end();
  return {
    env: {
      DATABASE_URL: databaseUrl(cluster.password, port, 'station'),
      DATA_DIR: path.join(folder, 'data'),
      AUTH_SECRET: randomBytes(32).toString('hex'),
    },
    pid() {
      if (!running) throw new Error('This Postgres is away.');
      return running.pid;
    },
    goAway: () => stop(signal),
    async comeBack() {
      running = await start(cluster, port);
    },
    async end() {
      await stop('SIGINT');
      remove();
    },
  };
}
