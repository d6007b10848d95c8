import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { vi } from 'vitest';
import { hashSecret } from '#lib/auth/secret.ts';
import { isDatabaseAway } from '#lib/db/is-away.ts';
import { newId } from '#lib/ids.ts';
import { clusterDir } from '#lib/postgres/cluster.ts';
import { isAlive, readPidFile } from '#lib/postgres/postmaster.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { newTokenText } from '#lib/tokens/format.ts';
import type { Task, TaskReport } from './keeper.ts';
import { KEEP_VERSIONS, OWNERS, type Owner, SMALL_QUOTA_BYTES } from './world.ts';

/** Long enough for the slowest machine; every wait ends as soon as it can. */
export const PATIENT = { timeout: 90_000, interval: 5 };
const PLENTY_BYTES = 10_000_000_000;
/** Connections of the test's own, which no fault is aimed at. */
export const OWN_CONNECTIONS = ['model', 'keeper'];

/**
 * A server with a Postgres of its own, three accounts, and a process that keeps house beside it. The server may be
 * killed and started again; what was stored stays.
 */
export class Station {
  readonly env: Record<string, string>;
  readonly tokens: Record<Owner, string>;
  server: TestServer;
  /** Counts the server's lives. */
  life = 1;
  readonly #home: ReturnType<typeof makeTemporaryFolder>;
  #pool: pg.Pool;
  #keeper: ChildProcess;
  #tasks = 0;

  private constructor(
    home: ReturnType<typeof makeTemporaryFolder>,
    env: Record<string, string>,
    server: TestServer,
  ) {
    this.#home = home;
    this.env = env;
    this.server = server;
    this.tokens = { ada: newTokenText(), bob: newTokenText(), cleo: newTokenText() };
    this.#pool = this.#connect();
    this.#keeper = this.#startKeeper();
  }

  /** @param settings more for the server's environment. */
  static async start(settings: Record<string, string> = {}): Promise<Station> {
    const home = makeTemporaryFolder();
    const env = {
      DATA_DIR: path.join(home.folder, 'data'),
      AUTH_SECRET: randomBytes(32).toString('hex'),
      KEEP_VERSIONS: String(KEEP_VERSIONS),
      // What is held open waits for other acts, however slow the machine is.
      IDLE_TIMEOUT_MS: '3600000',
      // Its lines say when a request is over whose client has gone away.
      LOG_LEVEL: 'info',
      ...settings,
    };
    const server = await startTestServer(env).catch((error) => {
      home.remove();
      throw error;
    });
    const station = new Station(home, env, server);
    for (const owner of OWNERS) await station.#addAccount(owner);
    return station;
  }

  #connect(): pg.Pool {
    const pool = new pg.Pool({
      connectionString: this.server.databaseUrl,
      application_name: 'model',
      max: 2,
    });
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
  }

  #startKeeper(): ChildProcess {
    const { PATH } = process.env;
    const own = { NODE_ENV: 'production' as const, LOG_LEVEL: 'silent', PGAPPNAME: 'keeper', PATH };
    return fork(path.join(import.meta.dirname, 'keeper.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...this.env, ...own, DATABASE_URL: this.server.databaseUrl },
    });
  }

  async #addAccount(name: Owner): Promise<void> {
    const [id, token] = [newId(), this.tokens[name]];
    const quota = name === 'cleo' ? SMALL_QUOTA_BYTES : PLENTY_BYTES;
    await this.sql('INSERT INTO app_user (id, name, updated_at) VALUES ($1, $2, now())', [id, name]);
    await this.sql(
      'INSERT INTO namespace (id, slug, owner_id, quota_bytes, retention_days) VALUES ($1, $2, $3, $4, 7)',
      [newId(), name, id, quota],
    );
    await this.sql(
      `INSERT INTO access_token (id, user_id, name, prefix, hash) VALUES ($1, $2, 'model', 'gst_', $3)`,
      [newId(), id, hashSecret(token)],
    );
  }

  /** Asks the database, again and again while it is away. */
  async sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return vi.waitUntil(async () => {
      try {
        return (await this.#pool.query<Row>(text, values)).rows;
      } catch (error) {
        if (isDatabaseAway(error)) return null;
        throw error;
      }
    }, PATIENT);
  }

  async #ask(task: Omit<Task, 'number'>): Promise<TaskReport> {
    this.#tasks += 1;
    const number = this.#tasks;
    this.#keeper.send({ ...task, number });
    const signal = AbortSignal.timeout(PATIENT.timeout);
    for (;;) {
      const [report] = (await once(this.#keeper, 'message', { signal })) as [TaskReport];
      if (report.number === number) return report;
    }
  }

  /** Has a task of the housekeeping done, however often it must be tried while the database is away. */
  async keepHouse(name: Task['name'], aheadMs = 0): Promise<string> {
    const { result } = await vi.waitUntil(async () => {
      const report = await this.#ask({ name, aheadMs });
      if (report.error) throw new Error(`${name} failed: ${report.error}`);
      return report.result === null ? null : { result: report.result };
    }, PATIENT);
    return result;
  }

  /** Resolves when the server of that life has written that the request with this mark is over, or has ended itself. */
  async untilOver(mark: string, life: number): Promise<void> {
    const line = new RegExp(`"session":"${mark}".*"msg":"answered"`);
    await vi.waitUntil(() => this.life !== life || line.test(this.server.output()), PATIENT);
  }

  /** Starts the server again on its data; it has ended. */
  async restart(): Promise<void> {
    const before = this.server.databaseUrl;
    this.server = await startTestServer(this.env);
    if (this.server.databaseUrl === before) return;
    await this.#pool.end();
    this.#pool = this.#connect();
    this.#keeper.disconnect();
    this.#keeper = this.#startKeeper();
  }

  async untilReady(): Promise<void> {
    await vi.waitUntil(async () => (await fetch(`${this.server.url}/api/ready`)).status === 200, PATIENT);
  }

  postmasterPid(): number {
    const running = readPidFile(clusterDir(this.env.DATA_DIR ?? ''));
    if (!running) throw new Error('no Postgres runs');
    return running.pid;
  }

  /** Every file of the blob store, by key, with its size in bytes. */
  files(): Map<string, number> {
    const folder = path.join(this.env.DATA_DIR ?? '', 'blobs');
    if (!existsSync(folder)) return new Map();
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && entry.name !== 'mark');
    return new Map(files.map(({ name, parentPath }) => [name, statSync(path.join(parentPath, name)).size]));
  }

  /** Ends everything, whatever state it is in, and removes the data. */
  async dispose(): Promise<void> {
    this.#keeper.disconnect();
    await this.#pool.end();
    await this.server.kill();
    const left = readPidFile(clusterDir(this.env.DATA_DIR ?? ''));
    if (left) {
      process.kill(left.pid, 'SIGQUIT');
      await vi.waitUntil(() => !isAlive(left.pid), PATIENT);
    }
    this.#home.remove();
  }
}
