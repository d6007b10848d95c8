import type { Origin } from '#lib/audit/record.ts';
import { signLink } from '#lib/blobs/signed-link.ts';
import { type Clock, SECOND_MS } from '#lib/clock.ts';
import { pool, relaxedPool } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { type ExecutorRef, findExecutor } from '#lib/executors/find.ts';
import { isTag } from '#lib/executors/names.ts';
import type { ExecutorRow } from '#lib/executors/row.ts';
import { log } from '#lib/log.ts';

/** A commit as whoever pulls it needs it. */
interface PulledCommit {
  id: string;
  number: number;
  /** Never empty: an untagged commit is `latest` to clients, which fail without one. */
  tags: string[];
  blobId: string;
  store: string;
  sizeBytes: number;
  /** Hexadecimal. */
  sha256: string;
  md5: string;
  buildEnv: string[];
}

/** An Executor and the commit that was asked for. */
export interface PulledExecutor {
  executor: ExecutorRow;
  commit: PulledCommit;
}

const COMMIT = `
  SELECT c.id, c.number, c.blob_id AS "blobId", b.store, c.size_bytes::float8 AS "sizeBytes",
    encode(c.sha256, 'hex') AS sha256, c.md5, c.build_env AS "buildEnv",
    ARRAY(SELECT t.name FROM executor_tag t WHERE t.commit_id = c.id ORDER BY t.name) AS tags
  FROM executor_commit c JOIN blob b ON b.id = c.blob_id`;
const BY_TAG = {
  name: 'commit-by-tag',
  text: `${COMMIT} JOIN executor_tag wanted ON wanted.commit_id = c.id WHERE wanted.executor_id = $1 AND wanted.name = $2`,
};
/** Without `latest` it is the newest (contract 7.6). */
const LATEST = {
  name: 'commit-latest',
  text: `${COMMIT} WHERE c.id = coalesce(
    (SELECT commit_id FROM executor_tag WHERE executor_id = $1 AND name = 'latest'), $2)`,
};

async function findCommit(executor: ExecutorRow, tag: string | undefined): Promise<PulledCommit> {
  const query = tag
    ? { ...BY_TAG, values: [executor.id, isTag(tag) ? tag : ''] }
    : { ...LATEST, values: [executor.id, executor.currentCommitId] };
  const { rows } = await pool().query<PulledCommit>(query);
  const commit = rows[0];
  if (!commit)
    throw new Fault(
      'not-found',
      `The Executor has no tag ${tag?.slice(0, 128)}. Look at its page for those that it has.`,
    );
  const others = commit.tags.filter((name) => name !== tag);
  const tags = tag ? [tag, ...others] : others;
  return { ...commit, tags: tags.length > 0 ? tags : ['latest'] };
}

/** A pull's record is for statistics: it neither waits for the disk nor fails the pull. */
function recordPull({ executor, commit }: PulledExecutor, { caller, client, address }: Origin): void {
  relaxedPool()
    .query({
      name: 'record-executor-pull',
      text: `INSERT INTO executor_pull (executor_id, commit_number, user_id, client, address) VALUES ($1, $2, $3, $4, $5)`,
      values: [executor.id, commit.number, caller?.userId ?? null, client ?? 'unknown', address],
    })
    .catch((error: Error) => log().warn({ err: error.message }, 'could not record a pull'));
}

/**
 * The Executor that `ref` means and the commit of a tag; without one, of `latest`.
 * @throws the faults of `findExecutor`; `not-found` for a tag that it does not have.
 */
export async function findPulled(
  origin: Origin,
  { tag, ...ref }: ExecutorRef & { tag?: string },
): Promise<PulledExecutor> {
  const executor = await findExecutor(origin, ref);
  return { executor, commit: await findCommit(executor, tag) };
}

/**
 * The same, with a signed link to the zip; counts as a pull.
 * @throws as `findPulled`.
 */
export async function getPackage(
  origin: Origin,
  ref: ExecutorRef & { tag?: string },
  clock: Clock,
): Promise<PulledExecutor & { link: string }> {
  const pulled = await findPulled(origin, ref);
  const { executor, commit } = pulled;
  const link = signLink({
    key: commit.blobId,
    store: commit.store,
    sizeBytes: commit.sizeBytes,
    sha256: commit.sha256,
    filename: `${executor.id}-${commit.md5}.zip`,
    expiresMs: clock.now().getTime() + env().URL_TTL_SECONDS * SECOND_MS,
  });
  recordPull(pulled, origin);
  return { ...pulled, link };
}
