import type { Origin } from '#lib/audit/record.ts';
import { signLink } from '#lib/blobs/signed-link.ts';
import { type Clock, SECOND_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { type ExecutorRef, executorLook, lookForExecutor } from '#lib/executors/find.ts';
import { isTag } from '#lib/executors/names.ts';
import { recordExecutorPull } from '#lib/executors/record-pull.ts';
import { EXECUTOR_COLUMNS, EXECUTOR_TABLES, type ExecutorRow } from '#lib/executors/row.ts';

/** An image of a commit, as far as a pull chooses by it. */
export interface PulledImage {
  tag: string;
  platform: string;
  /** That it was rebuilt for; null: as it was pushed. */
  jinaVersion: string | null;
}

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
  /** The version of jina for which it was pushed; null when nobody said. */
  jina: string | null;
  images: PulledImage[];
}

/** An Executor and the commit that was asked for. */
export interface PulledExecutor {
  executor: ExecutorRow;
  commit: PulledCommit;
}

/** Both in one row: this is asked as often as everything else about Executors together. */
interface PulledRow extends ExecutorRow {
  /** Null when there is no such tag. */
  commit: PulledCommit | null;
}

const COMMIT = `json_build_object(
    'id', c.id, 'number', c.number, 'blobId', c.blob_id, 'store', b.store, 'sizeBytes', c.size_bytes,
    'sha256', encode(c.sha256, 'hex'), 'md5', c.md5, 'buildEnv', c.build_env,
    'jina', nullif(c.client->>'jina', '(unset)'),
    'tags', ARRAY(SELECT t.name FROM executor_tag t WHERE t.commit_id = c.id ORDER BY t.name),
    'images', ARRAY(SELECT json_build_object('tag', i.tag, 'platform', i.platform, 'jinaVersion', i.jina_version)
      FROM executor_image i WHERE i.commit_id = c.id ORDER BY i.created_at))`;

/** What is wanted besides is a tag; without one it is `latest`, and without that the newest (contract 7.6). */
const PULLED = executorLook<PulledRow>(
  'pulled-executor',
  `
  SELECT ${EXECUTOR_COLUMNS}, CASE WHEN c.id IS NOT NULL THEN ${COMMIT} END AS commit
  FROM ${EXECUTOR_TABLES}
    LEFT JOIN executor_tag wanted ON wanted.executor_id = e.id AND wanted.name = coalesce(asked.more, 'latest')
    LEFT JOIN executor_commit c
      ON c.id = CASE WHEN asked.more IS NULL THEN coalesce(wanted.commit_id, e.current_commit_id) ELSE wanted.commit_id END
    LEFT JOIN blob b ON b.id = c.blob_id`,
);

function requireCommit(commit: PulledRow['commit'], tag: string | undefined): PulledCommit {
  if (!commit)
    throw new Fault(
      'not-found',
      `The Executor has no tag ${tag?.slice(0, 128)}. Look at its page for those that it has.`,
    );
  const others = commit.tags.filter((name) => name !== tag);
  const tags = tag ? [tag, ...others] : others;
  return { ...commit, tags: tags.length > 0 ? tags : ['latest'] };
}

/**
 * The Executor that `ref` means and the commit of a tag; without one, of `latest`.
 * @throws the faults of `lookForExecutor`; `not-found` for a tag that it does not have.
 */
export async function findPulled(
  origin: Origin,
  { tag, ...ref }: ExecutorRef & { tag?: string },
): Promise<PulledExecutor> {
  // What cannot be a tag is none; empty is what clients say for no tag.
  const wanted = tag ? (isTag(tag) ? tag : '') : null;
  const { commit, ...executor } = await lookForExecutor(PULLED, origin, { ...ref, more: wanted });
  return { executor, commit: requireCommit(commit, tag) };
}

/** A signed link to the zip of a commit. */
export function linkToPackage({ executor, commit }: PulledExecutor, clock: Clock): string {
  return signLink({
    key: commit.blobId,
    store: commit.store,
    sizeBytes: commit.sizeBytes,
    sha256: commit.sha256,
    filename: `${executor.id}-${commit.md5}.zip`,
    expiresMs: clock.now().getTime() + env().URL_TTL_SECONDS * SECOND_MS,
  });
}

/**
 * The Executor and commit that are asked for, with a signed link to the zip; counts as a pull.
 * @throws as `findPulled`.
 */
export async function getPackage(
  origin: Origin,
  ref: ExecutorRef & { tag?: string },
  clock: Clock,
): Promise<PulledExecutor & { link: string }> {
  const pulled = await findPulled(origin, ref);
  const { executor, commit } = pulled;
  recordExecutorPull({
    executorId: executor.id,
    commitNumber: commit.number,
    userId: origin.caller?.userId ?? null,
    client: origin.client ?? 'unknown',
    address: origin.address,
  });
  return { ...pulled, link: linkToPackage(pulled, clock) };
}
