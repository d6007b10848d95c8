import { type PushClient, readPushClient } from '#lib/artifacts/push-client.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { pool } from '#lib/db/pool.ts';
import { type ExecutorFacts, executorFacts } from '#lib/executors/facts.ts';
import { isExecutorId } from '#lib/executors/names.ts';
import { type ExecutorRow, ownsExecutor, SELECT_EXECUTOR, seesExecutor } from '#lib/executors/row.ts';

/** Where the package of a commit is; for the server alone. */
export interface StoredPackage {
  key: string;
  store: string;
  sizeBytes: number;
}

/** One push of an Executor that succeeded. */
export interface ExecutorCommit {
  id: string;
  /** From 1. */
  number: number;
  sizeBytes: number;
  /** Hexadecimal. */
  sha256: string;
  className: string;
  facts: ExecutorFacts;
  /** Names of the variables that its requirements need. */
  buildEnv: string[];
  client: PushClient;
  jina: string | null;
  createdAt: Date;
  stored: StoredPackage;
}

export interface ExecutorTag {
  name: string;
  commitId: string;
  /** From 1. */
  commitNumber: number;
  isProtected: boolean;
  /** When it moved last. */
  updatedAt: Date;
}

/** A commit as a choice: where a tag can move. */
export interface CommitChoice {
  id: string;
  number: number;
  createdAt: Date;
}

/** An Executor as its own page shows it. */
export interface ExecutorPage {
  id: string;
  namespace: string;
  name: string;
  legacyName: string | null;
  hasSecret: boolean;
  visibility: 'public' | 'private';
  description: string | null;
  url: string | null;
  keywords: string[];
  sizeBytes: number;
  /** Of the newest commit. */
  readme: string | null;
  pulls: number;
  updatedAt: Date;
  /** Whether the viewer may change it. */
  isOwn: boolean;
  /** `latest` first, then those that moved last. */
  tags: ExecutorTag[];
  /** The newest ones, the newest first. */
  commits: CommitChoice[];
  /** The tag that is shown; null: the newest commit, which has none that was asked for. */
  shownTag: string | null;
  /** The commit that is shown. */
  commit: ExecutorCommit;
  isNewest: boolean;
}

/** A tag can be moved to one of so many commits; to an older one by the API. */
const MAX_COMMITS = 100;

interface Beside {
  readme: string | null;
  pulls: number;
}

const BESIDE = {
  name: 'executor-beside',
  text: `SELECT readme, (pulls + (SELECT coalesce(sum(p.count), 0) FROM executor_pull p WHERE p.executor_id = e.id AND NOT p.is_counted))::float8
    AS pulls FROM executor e WHERE id = $1`,
};
const TAGS = {
  name: 'executor-tags',
  text: `SELECT t.name, t.commit_id AS "commitId", c.number AS "commitNumber", t.is_protected AS "isProtected",
      t.updated_at AS "updatedAt"
    FROM executor_tag t JOIN executor_commit c ON c.id = t.commit_id WHERE t.executor_id = $1
    ORDER BY t.name <> 'latest', t.updated_at DESC, t.name`,
};
const COMMITS = {
  name: 'executor-commits',
  text: `SELECT id, number, created_at AS "createdAt" FROM executor_commit WHERE executor_id = $1
    ORDER BY number DESC LIMIT ${MAX_COMMITS}`,
};
const COMMIT = {
  name: 'executor-commit',
  text: `SELECT c.id, c.number, c.size_bytes::float8 AS "sizeBytes", encode(c.sha256, 'hex') AS sha256,
      c.class_name AS "className", c.facts, c.build_env AS "buildEnv", c.client, c.created_at AS "createdAt",
      c.blob_id AS "blobId", b.store
    FROM executor_commit c JOIN blob b ON b.id = c.blob_id WHERE c.id = $1`,
};

interface CommitRow extends Omit<ExecutorCommit, 'facts' | 'client' | 'stored' | 'jina'> {
  facts: unknown;
  client: Record<string, unknown>;
  blobId: string;
  store: string;
}

async function readCommit(id: string): Promise<ExecutorCommit | null> {
  const { rows } = await pool().query<CommitRow>({ ...COMMIT, values: [id] });
  if (!rows[0]) return null;
  const { facts, client, blobId, store, ...commit } = rows[0];
  const jina = typeof client.jina === 'string' && client.jina !== '(unset)' ? client.jina : null;
  return {
    ...commit,
    facts: executorFacts.parse(facts),
    client: readPushClient(client, null),
    jina,
    stored: { key: blobId, store, sizeBytes: commit.sizeBytes },
  };
}

/** How an address names an Executor: by its name or its id. */
interface ExecutorRef {
  id?: string;
  name?: string;
}

async function find(namespace: string, { id, name = '' }: ExecutorRef): Promise<ExecutorRow | null> {
  if (!isKeepable(namespace) || !isKeepable(id ?? name) || (id !== undefined && !isExecutorId(id)))
    return null;
  const column = id === undefined ? 'e.name' : 'e.id';
  const { rows } = await pool().query<ExecutorRow>(
    `${SELECT_EXECUTOR} WHERE n.slug = $1 AND ${column} = $2 AND e.deleted_at IS NULL`,
    [namespace, id ?? name],
  );
  return rows[0] ?? null;
}

interface PageOptions {
  /** Null: nobody is signed in. */
  caller: Caller | null;
  /** The slug. */
  namespace: string;
  ref: ExecutorRef;
  /** Absent: `latest` or, where there is none, the newest commit. */
  tag: string | null;
}

/**
 * An Executor for its page; null when it, or the tag, is absent, or the viewer may not see it, which must not differ.
 */
export async function getExecutorPage(options: PageOptions): Promise<ExecutorPage | null> {
  const { caller, namespace, ref, tag } = options;
  const row = await find(namespace, ref);
  if (!row || !seesExecutor(caller, row)) return null;
  const values = [row.id];
  const [beside, tags, commits] = await Promise.all([
    pool().query<Beside>({ ...BESIDE, values }),
    pool().query<ExecutorTag>({ ...TAGS, values }),
    pool().query<CommitChoice>({ ...COMMITS, values }),
  ]);
  const shown = tags.rows.find(({ name }) => name === (tag ?? 'latest')) ?? null;
  const facts = beside.rows[0];
  // A push or a deletion may come between the reads; what is left of the old state is not shown.
  if ((tag !== null && !shown) || !facts) return null;
  const commit = await readCommit(shown?.commitId ?? row.currentCommitId);
  if (!commit) return null;
  const { secretHash, namespaceId: _namespaceId, currentCommitId, createdAt: _createdAt, ...executor } = row;
  return {
    ...executor,
    ...facts,
    hasSecret: secretHash !== null,
    isOwn: ownsExecutor(caller, row),
    tags: tags.rows,
    commits: commits.rows,
    shownTag: shown?.name ?? null,
    commit,
    isNewest: commit.id === currentCommitId,
  };
}
