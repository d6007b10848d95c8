import { randomBytes } from 'node:crypto';
import net from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { closePools } from '#lib/db/pool.ts';
import { newId } from '#lib/ids.ts';
import { doomManifests } from '#lib/registry/doomed.ts';
import { addUser } from '#lib/testing/admin.ts';
import { insertExecutor } from '#lib/testing/executors.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { pushImage } from './image.ts';

/** Somebody with a token. */
export interface Somebody {
  name: string;
  id: string;
  namespaceId: string;
  token: string;
}

/** An Executor whose image is in the registry. */
export interface StoredImage {
  id: string;
  commitId: string;
  /** `jinahub/ab12cd34` */
  repository: string;
  /** `127.0.0.1:5000/jinahub/ab12cd34:<commit>` */
  reference: string;
  digest: string;
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * A server with its own registry and some people. The functions of lib act on the same database and registry: their
 * environment is set here.
 */
export class Station {
  server: TestServer;
  /** `127.0.0.1:5000` */
  readonly registry: string;
  /** For files of the test. */
  readonly folder: string;
  readonly env: Record<string, string>;
  readonly #remove: () => void;

  private constructor(server: TestServer, env: Record<string, string>, folder: string, remove: () => void) {
    this.server = server;
    this.env = env;
    this.registry = env.REGISTRY_PUBLIC_HOST ?? `127.0.0.1:${env.REGISTRY_PORT}`;
    this.folder = folder;
    this.#remove = remove;
  }

  static async start(more: Record<string, string> = {}): Promise<Station> {
    const { folder, remove } = makeTemporaryFolder();
    const env = {
      DATA_DIR: path.join(folder, 'data'),
      AUTH_SECRET: randomBytes(32).toString('hex'),
      IMAGES: 'on',
      PORT: String(await freePort()),
      REGISTRY_PORT: String(await freePort()),
      ...more,
    };
    try {
      const server = await startTestServer(env);
      Object.assign(process.env, { ...env, DATABASE_URL: server.databaseUrl, LOG_LEVEL: 'silent' });
      return new Station(server, env, folder, remove);
    } catch (error) {
      remove();
      throw error;
    }
  }

  /** Ends the server as a crash would, and starts it again on the same data. */
  async restart(): Promise<void> {
    await this.server.kill();
    this.server = await startTestServer(this.env);
  }

  async stop(): Promise<void> {
    await closePools();
    await this.server.stop();
    this.#remove();
  }

  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.#withClient(async (client) => (await client.query<Row>(text, values)).rows);
  }

  async #withClient<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.server.databaseUrl });
    await client.connect();
    return work(client).finally(() => client.end());
  }

  async addPerson(name: string): Promise<Somebody> {
    const token = await addUser(this.env, name);
    const [row] = await this.query<{ id: string; namespace: string }>(
      'SELECT u.id, n.id AS namespace FROM app_user u JOIN namespace n ON n.owner_id = u.id WHERE u.name = $1',
      [name],
    );
    return { name, token, id: row?.id ?? '', namespaceId: row?.namespace ?? '' };
  }

  /** An Executor with one commit and no image. */
  async addExecutor(owner: Somebody, name: string, visibility: 'public' | 'private' = 'private') {
    return this.#withClient((client) =>
      insertExecutor(client, { namespaceId: owner.namespaceId, name, visibility }),
    );
  }

  /** Writes the row of an image that was pushed. */
  async addImageRow(executorId: string, commitId: string, tag: string, digest: string): Promise<void> {
    await this.query(
      `INSERT INTO executor_image (id, executor_id, commit_id, tag, digest, platform, size_bytes, layers, task_id, build_ms)
       VALUES ($1, $2, $3, $4, $5, 'linux/amd64', 1, '[]', 'a task', 1)`,
      [newId(), executorId, commitId, tag, digest],
    );
  }

  /** An Executor with an image, both in the database and in the registry. */
  async addImage(
    owner: Somebody,
    name: string,
    { visibility = 'private', bytes }: { visibility?: 'public' | 'private'; bytes?: number } = {},
  ): Promise<StoredImage> {
    const { id, commitId } = await this.addExecutor(owner, name, visibility);
    const { registry, folder } = this;
    const digest = await pushImage({ registry, executorId: id, tag: commitId, folder, bytes });
    await this.addImageRow(id, commitId, commitId, digest);
    const repository = `jinahub/${id}`;
    return { id, commitId, repository, reference: `${registry}/${repository}:${commitId}`, digest };
  }

  /** Deletes an image's row and dooms its manifest, as the server does for who deletes an image. */
  async deleteImage({ id, repository }: StoredImage, tag: string): Promise<void> {
    await this.#withClient(async (client) => {
      await client.query('BEGIN');
      const { rows } = await client.query<{ digest: string }>(
        'DELETE FROM executor_image WHERE executor_id = $1 AND tag = $2 RETURNING digest',
        [id, tag],
      );
      await doomManifests(
        client,
        rows.map(({ digest }) => ({ repository, digest })),
      );
      await client.query('COMMIT');
    });
  }

  /** All images that have a row. */
  async images(): Promise<{ repository: string; tag: string; digest: string }[]> {
    return this.query(`SELECT 'jinahub/' || executor_id AS repository, tag, digest FROM executor_image`);
  }
}
