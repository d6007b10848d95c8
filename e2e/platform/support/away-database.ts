import { randomBytes } from 'node:crypto';
import net from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { vi } from 'vitest';
import { clusterDir, openCluster } from '#lib/postgres/cluster.ts';
import {
  databaseUrl,
  isAlive,
  type Postmaster,
  readPidFile,
  startPostmaster,
} from '#lib/postgres/postmaster.ts';
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

const PATIENT = { timeout: 60_000, interval: 20 };

/** The server's own Postgres, which goes away by SIGKILL and is started again by the server. */
export async function ownPostgres(): Promise<AwayDatabase> {
  const { folder, remove } = makeTemporaryFolder();
  const env = { DATA_DIR: path.join(folder, 'data') };
  const pid = () => readPidFile(clusterDir(env.DATA_DIR))?.pid;
  let killed: number | undefined;
  return {
    env,
    async goAway() {
      killed = await vi.waitUntil(pid, PATIENT);
      process.kill(killed, 'SIGKILL');
      await vi.waitUntil(() => killed === undefined || !isAlive(killed), PATIENT);
    },
    // What is left of the killed one may answer for a moment.
    comeBack: async () => void (await vi.waitUntil(() => pid() !== undefined && pid() !== killed, PATIENT)),
    end: async () => remove(),
  };
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await vi.waitUntil(() => server.listening, PATIENT);
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A Postgres that the server gets by DATABASE_URL; it goes away by this signal, and nobody but the test starts it. */
export async function externalPostgres(signal: NodeJS.Signals): Promise<AwayDatabase> {
  const { folder, remove } = makeTemporaryFolder();
  const [cluster, port] = [await openCluster(folder), await freePort()];
  let running: Postmaster | null = null;
  const start = async () => {
    // Backends of the one before may still be ending.
    running = await vi.waitUntil(() => startPostmaster(cluster, port, ['fsync=off']), PATIENT);
  };
  const stop = async (how: NodeJS.Signals) => {
    if (!running) return;
    process.kill(running.pid, how);
    await running.gone;
    running = null;
  };
  await start();
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
    goAway: () => stop(signal),
    comeBack: start,
    async end() {
      await stop('SIGINT');
      remove();
    },
  };
}
