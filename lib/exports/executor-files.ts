import type { Readable } from 'node:stream';
import { blobStore } from '#lib/blobs/store.ts';
import { pool } from '#lib/db/pool.ts';
import { isFault } from '#lib/errors.ts';
import type { IndexEntry } from '#lib/exports/artifact-files.ts';
import { SafeNames } from '#lib/exports/safe-name.ts';
import type { ExportFile } from '#lib/exports/zip.ts';

interface Executor {
  id: string;
  name: string;
  updatedAt: Date;
  /** It is in the trash since then. */
  deletedAt: Date | null;
  currentCommitId: string;
}

interface Commit {
  id: string;
  number: number;
  blobId: string;
  store: string;
  sizeBytes: number;
  createdAt: Date;
}

const EXECUTORS = `
  SELECT id, name, visibility, description, url, keywords, created_at AS "createdAt", updated_at AS "updatedAt",
    deleted_at AS "deletedAt", current_commit_id AS "currentCommitId"
  FROM executor WHERE namespace_id = $1 ORDER BY created_at, id`;

const COMMITS = `
  SELECT c.id, c.number, c.blob_id AS "blobId", b.store, c.size_bytes::float8 AS "sizeBytes",
    encode(c.sha256, 'hex') AS sha256, c.class_name AS "className", c.build_env AS "buildEnv", c.client,
    c.created_at AS "createdAt"
  FROM executor_commit c JOIN blob b ON b.id = c.blob_id WHERE c.executor_id = $1 ORDER BY c.number DESC`;

const TAGS = `
  SELECT t.name, c.number AS commit, t.is_protected AS "isProtected", t.updated_at AS "updatedAt"
  FROM executor_tag t JOIN executor_commit c ON c.id = t.commit_id WHERE t.executor_id = $1 ORDER BY t.name`;

/** The bytes of a package; null when they are gone. */
async function open({ store, blobId, sizeBytes }: Commit): Promise<Readable | null> {
  try {
    return await blobStore(store).read(blobId, 0, sizeBytes - 1);
  } catch (error) {
    if (isFault(error) && (error.kind === 'gone-from-store' || error.kind === 'corrupt')) return null;
    throw error;
  }
}

async function about(executor: Executor, commits: Commit[]): Promise<string> {
  const { rows: tags } = await pool().query(TAGS, [executor.id]);
  const { currentCommitId, ...facts } = executor;
  const told = commits.map(({ id, blobId: _blob, store: _store, ...commit }) => ({
    ...commit,
    id,
    isCurrent: id === currentCommitId,
    file: `commits/${commit.number}.zip`,
  }));
  return JSON.stringify({ ...facts, tags, commits: told }, null, 2);
}

/**
 * The files of every Executor in a namespace, the trash too: of each a folder with what is known of it, and the package
 * of each commit. What is deleted meanwhile is left out or told in `index`.
 * @param index is filled on the way.
 */
export async function* executorFiles(namespaceId: string, index: IndexEntry[]): AsyncGenerator<ExportFile> {
  const names = new SafeNames();
  const { rows } = await pool().query<Executor>(EXECUTORS, [namespaceId]);
  for (const executor of rows) {
    const { id, name, deletedAt, updatedAt } = executor;
    const folder = `${deletedAt ? 'trash-of-executors' : 'executors'}/${names.nameFor(name, id)}`;
    const entry: IndexEntry = { id, name, folder, missing: [] };
    const { rows: commits } = await pool().query<Commit>(COMMITS, [id]);
    if (commits.length === 0) continue;
    yield { name: `${folder}/about.json`, modifiedAt: updatedAt, content: await about(executor, commits) };
    for (const commit of commits) {
      const content = await open(commit);
      if (content === null) entry.missing.push(commit.number);
      else yield { name: `${folder}/commits/${commit.number}.zip`, modifiedAt: commit.createdAt, content };
    }
    index.push(entry);
  }
}
