import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { expect, vi } from 'vitest';
import { clusterDir } from '#lib/postgres/cluster.ts';
import { isAlive, readPidFile } from '#lib/postgres/postmaster.ts';
import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

/** Long enough for the slowest machine; the waits end as soon as they can. */
export const PATIENT = { timeout: 60_000, interval: 5 };

/** A store as it is seen from outside, while a server writes to it. */
export interface WatchedStore {
  /** Settings of the server that writes to it. */
  env: Record<string, string>;
  /** Whether all bytes are under `key`. */
  isWhole(key: string): Promise<boolean>;
  /** How many bytes of `key`, which is not whole yet, have come to rest in the store. */
  arrivedBytes(key: string): Promise<number>;
  /** Every key that has bytes, whole or not. */
  keys(): Promise<string[]>;
}

/** A server that is killed and started again on the same data, with its own Postgres, and somebody who pushes to it. */
export class KillableServer {
  readonly dataDir: string;
  readonly store: WatchedStore;
  token = '';
  readonly #removeFolder: () => void;
  #server: TestServer | null = null;

  /** @param watch makes the store of a server with this data folder. */
  static async start(watch: (dataDir: string) => Promise<WatchedStore>): Promise<KillableServer> {
    const { folder, remove } = makeTemporaryFolder();
    const dataDir = path.join(folder, 'data');
    const one = new KillableServer(dataDir, await watch(dataDir), remove);
    await one.start();
    one.token = await addUser(one.env, 'mira');
    return one;
  }

  private constructor(dataDir: string, store: WatchedStore, removeFolder: () => void) {
    this.dataDir = dataDir;
    this.store = store;
    this.#removeFolder = removeFolder;
  }

  get env(): Record<string, string> {
    return { ...this.store.env, DATA_DIR: this.dataDir };
  }

  get url(): string {
    return this.#running.url;
  }

  get #running(): TestServer {
    if (!this.#server) throw new Error('the server was killed');
    return this.#server;
  }

  async start(): Promise<void> {
    this.#server ??= await startTestServer(this.env);
  }

  /** Ends it as a crash would; its Postgres goes on. */
  async kill(): Promise<void> {
    await this.#running.kill();
    this.#server = null;
  }

  /** Stops it in good order, whatever happened to it, and removes all that it had. */
  async remove(): Promise<void> {
    try {
      await this.#server?.stop();
    } finally {
      await this.#endLeftPostgres();
      this.#removeFolder();
    }
  }

  /** Of a test that failed between the kill and the next start. */
  async #endLeftPostgres(): Promise<void> {
    const left = readPidFile(clusterDir(this.dataDir));
    if (!left) return;
    process.kill(left.pid, 'SIGQUIT');
    await vi.waitUntil(() => !isAlive(left.pid), PATIENT);
  }

  /** A connection to its Postgres, which outlives the server; close it. */
  async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#running.databaseUrl });
    await client.connect();
    return client;
  }

  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = await this.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Waits until a push has reserved its key, and gives that. */
  async keyUnderWay(): Promise<string> {
    return vi.waitUntil(async () => {
      const [row] = await this.query<{ id: string }>(`SELECT id FROM blob WHERE state = 'provisional'`);
      return row?.id ?? false;
    }, PATIENT);
  }

  /** Waits until a transaction of the server waits for a row that somebody else holds. */
  async untilItWaits(): Promise<void> {
    const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await vi.waitUntil(async () => (await this.query(waits)).length > 0, PATIENT);
  }

  /** Sweeps as when every lease and every link of now is over; then the store, the rows and the books must agree. */
  async expectNothingLeft(): Promise<void> {
    const at = new Date(Date.now() + 3_600_000).toISOString();
    // The server that has just started keeps house too, one at a time.
    await vi.waitFor(() => runAdmin(this.env, ['sweep', '--at', at]), PATIENT);
    const blobs = await this.query<{ id: string; state: string }>('SELECT id, state FROM blob');
    expect(blobs.filter(({ state }) => state !== 'committed')).toEqual([]);
    expect((await this.store.keys()).toSorted()).toEqual(blobs.map(({ id }) => id).toSorted());
    const [books] = await this.query(
      `SELECT u.used_bytes AS "usedBytes", u.current_bytes AS "currentBytes",
        (SELECT coalesce(sum(v.size_bytes), 0) FROM artifact_version v JOIN artifact a ON a.id = v.artifact_id
          WHERE a.namespace_id = n.id AND a.deleted_at IS NULL)::bigint AS "versionBytes",
        (SELECT coalesce(sum(size_bytes), 0) FROM artifact
          WHERE namespace_id = n.id AND deleted_at IS NULL)::bigint AS "liveBytes"
       FROM namespace n JOIN namespace_usage u ON u.namespace_id = n.id WHERE n.slug = 'mira'`,
    );
    expect(books).toMatchObject({ usedBytes: books?.versionBytes, currentBytes: books?.liveBytes });
    expect(await runAdmin(this.env, ['verify'])).toBe(`${blobs.length} blobs checked, 0 wrong.`);
  }
}

/** A name that no other test has. */
export function freshName(): string {
  return `a-${randomBytes(6).toString('hex')}`;
}
