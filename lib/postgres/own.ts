import { readFileSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { log } from '#lib/log.ts';
import { type Cluster, clusterDir, openCluster, passwordFile } from '#lib/postgres/cluster.ts';
import {
  adoptPostmaster,
  databaseUrl,
  lastFatal,
  type Postmaster,
  readPidFile,
  startPostmaster,
} from '#lib/postgres/postmaster.ts';
import { Refusal } from '#lib/refusal.ts';

/** A Postgres of our own that runs until it is stopped, whatever kills its processes. */
export interface OwnPostgres {
  /** The URL of our database; stays the same while this process runs. */
  url: string;
  stop(): Promise<void>;
}

const DATABASE = 'groundstation';
/** With the waits between them, time enough for the remains of a killed Postgres to end. */
const START_ATTEMPTS = 8;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
/** How we ask Postgres to end, and for how long we wait, in milliseconds. */
const STOP_STEPS = [
  // "Fast": it ends the connections, writes everything down and exits; it waits for nothing but the disk.
  ['SIGINT', 30_000],
  // "Immediate", as after a power cut.
  ['SIGQUIT', 10_000],
  ['SIGKILL', 5_000],
] as const;

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function waitMs(attempt: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
}

async function firstStart(cluster: Cluster, settings: string[]): Promise<Postmaster> {
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    const running =
      (await adoptPostmaster(cluster)) ?? (await startPostmaster(cluster, await freePort(), settings));
    if (running) return running;
    await delay(waitMs(attempt));
  }
  throw new Refusal(`Postgres does not start: ${lastFatal(cluster)} (${cluster.logFile})`);
}

async function createDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(cluster.password, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** Starts Postgres again, on the same port, each time it goes away, until `stop`. */
class Supervisor implements OwnPostgres {
  readonly url: string;
  readonly #cluster: Cluster;
  readonly #settings: string[];
  #running: Postmaster;
  /** The newest Postgres, from when its process is there; it may not answer yet. */
  #pid: number;
  readonly #stopping = new AbortController();
  readonly #watch: Promise<void>;

  constructor(cluster: Cluster, running: Postmaster, settings: string[]) {
    this.url = databaseUrl(cluster.password, running.port, DATABASE);
    this.#cluster = cluster;
    this.#settings = settings;
    this.#running = running;
    this.#pid = running.pid;
    this.#watch = this.#keepRunning();
  }

  async #keepRunning(): Promise<void> {
    for (;;) {
      await this.#running.gone;
      if (this.#stopping.signal.aborted) return;
      log().error({ reason: lastFatal(this.#cluster) }, 'Postgres is gone; starting it again');
      if (!(await this.#startAgain())) return;
      log().info('Postgres runs again');
    }
  }

  /** Resolves to false when we were stopped before it ran. */
  async #startAgain(): Promise<boolean> {
    for (let attempt = 0; !this.#stopping.signal.aborted; attempt++) {
      const running = await this.#tryStart();
      if (running) {
        this.#running = running;
        return true;
      }
      await delay(waitMs(attempt), undefined, { signal: this.#stopping.signal }).catch(() => {});
    }
    return false;
  }

  /** Null when the attempt failed, by whatever: a full disk must not end the server, which goes on trying. */
  async #tryStart(): Promise<Postmaster | null> {
    try {
      return await startPostmaster(this.#cluster, this.#running.port, this.#settings, (pid) => {
        this.#pid = pid;
      });
    } catch (err) {
      log().error({ err }, 'Postgres could not be started; trying again');
      return null;
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const isStuck = Symbol('stuck');
    for (const [signal, milliseconds] of STOP_STEPS) {
      this.#signal(signal);
      const timeout = delay(milliseconds, isStuck, { ref: false });
      if ((await Promise.race([this.#watch, timeout])) !== isStuck) return;
      log().error({ signal }, 'Postgres does not stop');
    }
  }

  #signal(signal: NodeJS.Signals): void {
    try {
      process.kill(this.#pid, signal);
    } catch {
      // It is gone already.
    }
  }
}

/**
 * Runs our own Postgres on the cluster in `dataDir`, made if there is none; takes over one that a killed
 * process left running. Call it only with the lock on `dataDir` held.
 * @param settings more `name=value` for Postgres, for tests.
 * @throws Refusal when it cannot start; the sentence says why.
 */
export async function startOwnPostgres(dataDir: string, settings: string[] = []): Promise<OwnPostgres> {
  const cluster = await openCluster(dataDir);
  const running = await firstStart(cluster, settings);
  const postgres = new Supervisor(cluster, running, settings);
  try {
    await createDatabase(cluster, running.port);
  } catch (error) {
    // Nobody else could: the caller gets nothing to stop it by.
    await postgres.stop();
    throw error;
  }
  return postgres;
}

/** The URL of our database while another process runs Postgres on `dataDir`; null when none runs. */
export function runningPostgresUrl(dataDir: string): string | null {
  const running = readPidFile(clusterDir(dataDir));
  if (!running) return null;
  const password = readFileSync(passwordFile(dataDir), 'utf8').trim();
  return databaseUrl(password, running.port, DATABASE);
}
