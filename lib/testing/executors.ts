import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { ExecutorFacts } from '#lib/executors/facts.ts';
import { newId } from '#lib/ids.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** An Executor for a test, as a push would leave it. */
interface NewExecutor {
  namespaceId: string;
  name: string;
  visibility?: 'public' | 'private';
  description?: string;
  keywords?: string[];
  readme?: string;
  legacyName?: string;
  /** The package; it has rows alone, and no bytes in the store. */
  package?: Buffer;
  /** Of a blob that is there and has these bytes. */
  blobId?: string;
  facts?: Partial<ExecutorFacts>;
  tags?: { name: string; isProtected?: boolean }[];
}

/** The ids of what was made. */
export interface MadeExecutor {
  id: string;
  commitId: string;
  blobId: string;
}

/** Eight characters, as an Executor's id has. */
function newExecutorId(): string {
  return randomBytes(4).toString('hex');
}

/** What the normaliser reads of a small Executor. */
const SMALL_FACTS: ExecutorFacts = {
  filePath: 'executor.py',
  docstring: null,
  init: null,
  endpoints: [],
  dependencies: [],
  score: {},
  warnings: [],
  files: [],
  readmePath: null,
  dockerfile: 'Dockerfile',
};

interface NewCommit {
  namespaceId: string;
  executorId: string;
  number: number;
  package: Buffer;
  blobId?: string;
  facts: ExecutorFacts;
}

const digest = (algorithm: string, bytes: Buffer) => createHash(algorithm).update(bytes);

async function insertCommit(client: Client, commit: NewCommit): Promise<{ id: string; blobId: string }> {
  const id = newId();
  const { package: bytes, facts, blobId = newId() } = commit;
  const sha256 = digest('sha256', bytes).digest();
  if (commit.blobId === undefined)
    await client.query(
      `INSERT INTO blob (id, namespace_id, store, state, size_bytes, sha256) VALUES ($1, $2, 'disk', 'committed', $3, $4)`,
      [blobId, commit.namespaceId, bytes.length, sha256],
    );
  await client.query(
    `INSERT INTO executor_commit (id, executor_id, number, blob_id, size_bytes, sha256, md5, content_digest, class_name,
       facts, client) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'MyExecutor', $9, '{"jina-hubble-sdk": "0.39.0", "jina": "3.25.0", "python": "3.11.9"}')`,
    [
      id,
      commit.executorId,
      commit.number,
      blobId,
      bytes.length,
      sha256,
      digest('md5', bytes).digest('hex'),
      sha256.toString('hex'),
      JSON.stringify(facts),
    ],
  );
  return { id, blobId };
}

async function charge(client: Client, namespaceId: string, bytes: number): Promise<void> {
  await client.query(
    'UPDATE namespace_usage SET used_bytes = used_bytes + $2, current_bytes = current_bytes + $2 WHERE namespace_id = $1',
    [namespaceId, bytes],
  );
}

/** Makes an Executor with one commit and its tags, `latest` where none are given, and charges its namespace. */
export async function insertExecutor(client: Client, options: NewExecutor): Promise<MadeExecutor> {
  const {
    namespaceId,
    name,
    visibility = 'private',
    description,
    keywords = [],
    readme,
    legacyName,
  } = options;
  const bytes = options.package ?? Buffer.from(`the package of ${name}`);
  const id = newExecutorId();
  await client.query('BEGIN');
  const commitId = newId();
  await client.query(
    `INSERT INTO executor (id, namespace_id, name, legacy_name, visibility, current_commit_id, description, keywords,
       readme, size_bytes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [id, namespaceId, name, legacyName, visibility, commitId, description, keywords, readme, bytes.length],
  );
  const facts = { ...SMALL_FACTS, ...options.facts };
  const commit = await insertCommit(client, {
    namespaceId,
    executorId: id,
    number: 1,
    package: bytes,
    blobId: options.blobId,
    facts,
  });
  await client.query('UPDATE executor SET current_commit_id = $2 WHERE id = $1', [id, commit.id]);
  for (const tag of options.tags ?? [{ name: 'latest', isProtected: false }])
    await client.query(
      'INSERT INTO executor_tag (executor_id, name, commit_id, is_protected) VALUES ($1, $2, $3, $4)',
      [id, tag.name, commit.id, tag.isProtected ?? false],
    );
  await charge(client, namespaceId, bytes.length);
  await client.query('COMMIT');
  return { id, commitId: commit.id, blobId: commit.blobId };
}

/** Adds a commit to an Executor, without moving a tag; its id. */
export async function insertNextCommit(
  client: Client,
  {
    namespaceId,
    executorId,
    ...options
  }: Omit<NewCommit, 'number' | 'facts'> & { facts?: Partial<ExecutorFacts> },
): Promise<string> {
  const { rows } = await client.query<{ number: number }>(
    'SELECT max(number) + 1 AS number FROM executor_commit WHERE executor_id = $1',
    [executorId],
  );
  const facts = { ...SMALL_FACTS, ...options.facts };
  const number = rows[0]?.number ?? 1;
  const { id } = await insertCommit(client, { ...options, namespaceId, executorId, number, facts });
  await client.query(
    'UPDATE executor SET current_commit_id = $2, size_bytes = size_bytes + $3 WHERE id = $1',
    [executorId, id, options.package.length],
  );
  await charge(client, namespaceId, options.package.length);
  return id;
}

/** A push of an Executor as it is remembered. */
interface NewTask {
  namespaceId: string;
  executorId: string | null;
  name: string;
  state: 'waiting' | 'running' | 'succeeded' | 'failed';
  /** The public sentence. */
  failure?: string;
  events?: { type: string; subject: string; payload?: string; message?: string }[];
}

/** Makes a task of a push with its events, 100 ms apart; its id. */
export async function insertTask(client: Client, options: NewTask): Promise<string> {
  const { namespaceId, executorId, name, state, failure, events = [] } = options;
  const id = newId();
  const isOver = state === 'succeeded' || state === 'failed';
  await client.query(
    `INSERT INTO task (id, kind, namespace_id, executor_id, name, state, input, failure, request_id, lease_until,
       started_at, ended_at) VALUES ($1, 'executor.push', $2, $3, $4, $5::task_state, '{}', $6, 'request-of-the-push',
       CASE WHEN $5::task_state = 'running' THEN now() + interval '1 hour' END, CASE WHEN $5::task_state <> 'waiting' THEN now() END,
       CASE WHEN $7::boolean THEN now() END)`,
    [id, namespaceId, executorId, name, state, failure ? JSON.stringify({ message: failure }) : null, isOver],
  );
  for (const [index, event] of events.entries())
    await client.query('INSERT INTO task_event (task_id, sn, dt_ms, event) VALUES ($1, $2, $3, $4)', [
      id,
      index + 1,
      (index + 1) * 100,
      JSON.stringify(event),
    ]);
  return id;
}

/** An image of a commit, as a build leaves it. */
interface NewImageRow {
  executorId: string;
  commitId: string;
  /** Absent: as it was pushed. */
  rebuiltFor?: string;
  taskId?: string;
  sizes?: number[];
  /** Names and versions of what is installed; null: it could not be read. */
  packages?: [name: string, version: string][] | null;
}

/** Makes the row of an image, of which nothing is in a registry; its own tag. */
export async function insertImageRow(client: Client, options: NewImageRow): Promise<string> {
  const { executorId, commitId, rebuiltFor, taskId = newId(), packages = [['jina', '3.25.0']] } = options;
  const { sizes = [49_553_728, 310_284_199, 4_096] } = options;
  const sha256 = () => `sha256:${randomBytes(32).toString('hex')}`;
  const tag = rebuiltFor ? `${commitId}-jina${rebuiltFor}` : commitId;
  const bom = packages && {
    spdxVersion: 'SPDX-2.3',
    name: tag,
    packages: packages.map(([name, versionInfo], index) => ({
      SPDXID: `SPDXRef-Package-${index + 1}`,
      name,
      versionInfo,
    })),
  };
  await client.query(
    `INSERT INTO executor_image (id, executor_id, commit_id, tag, digest, platform, jina_version, size_bytes, layers, bom,
       task_id, build_ms) VALUES ($1, $2, $3, $4, $5, 'linux/amd64', $6, $7, $8, $9, $10, 192000)`,
    [
      newId(),
      executorId,
      commitId,
      tag,
      sha256(),
      rebuiltFor ?? '3.25.0',
      sizes.reduce((sum, size) => sum + size, 0),
      JSON.stringify(sizes.map((sizeBytes) => ({ digest: sha256(), sizeBytes }))),
      bom && JSON.stringify(bom),
      taskId,
    ],
  );
  return tag;
}
