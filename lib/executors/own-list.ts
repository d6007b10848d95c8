import type pg from 'pg';
import type { Caller } from '#lib/auth/caller.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { likeContaining } from '#lib/db/like.ts';
import { pool } from '#lib/db/pool.ts';
import { withTimeLimit } from '#lib/db/time-limit.ts';
import { LAST_PUSH, type LastPush } from '#lib/executors/last-push.ts';
import { nameLike } from '#lib/tokens/name-pattern.ts';

/** Tags of one Executor that a list shows; the others are counted. */
const SHOWN_TAGS = 3;

/** An Executor as a row of the Executors page. */
export interface ExecutorSummary {
  id: string;
  /** The slug of the owning namespace. */
  namespace: string;
  name: string;
  visibility: 'public' | 'private';
  description: string | null;
  /** The names of the first few, `latest` before those that moved last. */
  tags: string[];
  /** Of all tags. */
  tagCount: number;
  /** Of the image of the newest commit, compressed; null when it has none. */
  imageBytes: number | null;
  /** Of the packages and images of all commits. */
  sizeBytes: number;
  /** Those that are counted; the pulls of the last minute are not yet. */
  pulls: number;
  /** Null when it is no longer known. */
  lastPush: LastPush | null;
  createdAt: Date;
  updatedAt: Date;
}

/** The size of the newest image of the newest commit of `e`. */
const IMAGE_BYTES = `(SELECT i.size_bytes FROM executor_image i WHERE i.commit_id = e.current_commit_id
  ORDER BY i.created_at DESC LIMIT 1)`;

/** What a person's list is sorted by; the index of each ends with the id, but for images, which have none. */
const SORTS = {
  name: 'e.name',
  visibility: 'e.visibility',
  image: `coalesce(${IMAGE_BYTES}, 0)`,
  size: 'e.size_bytes',
  pulls: 'e.pulls',
  createdAt: 'e.created_at',
  updatedAt: 'e.updated_at',
};

export interface OwnListQuery {
  caller: Caller;
  /** A part of the name, in any case. */
  search?: string;
  visibility?: 'public' | 'private';
  /** Only those whose last push failed. */
  isFailed?: boolean;
  sort: { field: keyof typeof SORTS; direction: 1 | -1 };
  /** From 1. */
  pageIndex: number;
  pageSize: number;
}

interface OwnPage {
  items: ExecutorSummary[];
  /** Of all pages. */
  total: number;
}

/** What a page shows of an Executor `e` of namespace `n`, with its tags and its last push. */
const SUMMARY = `
  SELECT e.id, n.slug AS namespace, e.name, e.visibility, e.description, ${IMAGE_BYTES}::float8 AS "imageBytes",
    e.size_bytes::float8 AS "sizeBytes",
    e.pulls::float8 AS pulls, e.created_at AS "createdAt", e.updated_at AS "updatedAt",
    ARRAY(SELECT t.name FROM executor_tag t WHERE t.executor_id = e.id
      ORDER BY t.name <> 'latest', t.updated_at DESC, t.name LIMIT ${SHOWN_TAGS}) AS tags,
    (SELECT count(*) FROM executor_tag t WHERE t.executor_id = e.id)::int AS "tagCount",
    ${LAST_PUSH} AS "lastPush"`;

/** The state of the newest push of `e`. */
const LAST_STATE = `(SELECT t.state FROM task t WHERE t.executor_id = e.id AND t.kind = 'executor.push' ORDER BY t.created_at DESC LIMIT 1)`;

function conditionsOf({ caller, search, visibility, isFailed }: OwnListQuery) {
  const values: unknown[] = [caller.namespaceId];
  const conditions = ['e.namespace_id = $1', 'e.deleted_at IS NULL'];
  const bind = (value: unknown) => `$${values.push(value)}`;
  if (visibility) conditions.push(`e.visibility = ${bind(visibility)}`);
  if (search) conditions.push(isKeepable(search) ? `e.name ILIKE ${bind(likeContaining(search))}` : 'false');
  const like = nameLike(caller.namePattern);
  if (like !== null) conditions.push(`e.name LIKE ${bind(like)}`);
  if (isFailed) conditions.push(`${LAST_STATE} = 'failed'`);
  return { conditions: conditions.join(' AND '), values };
}

/** Finds the page first, in an index of its sort, and reads only what stands on it. */
function ownListStatement(query: OwnListQuery) {
  const { sort, pageIndex, pageSize } = query;
  const { conditions, values } = conditionsOf(query);
  const direction = sort.direction === 1 ? 'ASC' : 'DESC';
  const key = SORTS[sort.field];
  const text = `
    WITH page AS (
      SELECT e.id, ${key} AS key FROM executor e WHERE ${conditions}
      ORDER BY ${key} ${direction}, e.id ${direction} LIMIT $${values.length + 1} OFFSET $${values.length + 2}
    )
    ${SUMMARY} FROM page JOIN executor e USING (id) JOIN namespace n ON n.id = e.namespace_id
    ORDER BY page.key ${direction}, e.id ${direction}`;
  return { text, values: [...values, pageSize, (pageIndex - 1) * pageSize] };
}

async function readPage(client: Pick<pg.ClientBase, 'query'>, query: OwnListQuery): Promise<OwnPage> {
  const { conditions, values } = conditionsOf(query);
  const { rows } = await client.query<ExecutorSummary>(ownListStatement(query));
  const counted = await client.query<{ total: number }>(
    `SELECT count(*)::float8 AS total FROM executor e WHERE ${conditions}`,
    values,
  );
  return { items: rows.map(toSummary), total: counted.rows[0]?.total ?? 0 };
}

/** Times inside of JSON come as text. */
function toSummary(row: ExecutorSummary): ExecutorSummary {
  const { lastPush } = row;
  if (!lastPush) return row;
  const at = (time: Date | null) => (time === null ? null : new Date(time));
  return {
    ...row,
    lastPush: {
      ...lastPush,
      createdAt: new Date(lastPush.createdAt),
      startedAt: at(lastPush.startedAt),
      endedAt: at(lastPush.endedAt),
    },
  };
}

/**
 * One page of the caller's own Executors, without those in the trash. An index serves every sort but that by images; that, a
 * search and a filter read all of the namespace's.
 * @throws Fault `invalid` when that takes more than two seconds.
 */
export async function listOwnExecutors(query: OwnListQuery): Promise<OwnPage> {
  if (query.search || query.isFailed || query.sort.field === 'image')
    return withTimeLimit((client) => readPage(client, query));
  return readPage(pool(), query);
}

/** How many Executors a namespace has, how many are in its trash, and of how many the last push failed. */
export async function countExecutors(
  namespaceId: string,
): Promise<{ live: number; trashed: number; failed: number }> {
  const { rows } = await pool().query<{ live: number; trashed: number; failed: number }>({
    name: 'count-executors',
    text: `SELECT
        (SELECT count(*) FROM executor WHERE namespace_id = $1 AND deleted_at IS NULL)::float8 AS live,
        (SELECT count(*) FROM executor WHERE namespace_id = $1 AND deleted_at IS NOT NULL)::float8 AS trashed,
        (SELECT count(*) FROM executor e WHERE e.namespace_id = $1 AND e.deleted_at IS NULL
          AND ${LAST_STATE} = 'failed')::float8 AS failed`,
    values: [namespaceId],
  });
  return rows[0] ?? { live: 0, trashed: 0, failed: 0 };
}
