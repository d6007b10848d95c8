import type pg from 'pg';
import { clientName } from '#lib/artifacts/client-name.ts';
import { TRASH_DAYS } from '#lib/artifacts/trash.ts';
import { DAY_MS } from '#lib/clock.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { likeContaining } from '#lib/db/like.ts';
import { withTimeLimit } from '#lib/db/time-limit.ts';

/** An Executor in the trash, as a row of its page. */
export interface TrashedExecutor {
  id: string;
  /** The slug of the owning namespace. */
  namespace: string;
  name: string;
  /** Of the packages of all commits. */
  sizeBytes: number;
  commits: number;
  deletedAt: Date;
  /** From when on the housekeeping removes it. */
  goneAt: Date;
  /** The program by which it was deleted, as people call it. */
  deletedProgram: string | null;
  /** All that it said of itself. */
  deletedClient: string | null;
}

/** What the trash is sorted by. `goneAt` is `deletedAt` and some days. */
const SORTS = {
  name: 'e.name',
  size: 'e.size_bytes',
  deletedBy: `coalesce(e.deleted_client, '')`,
  deletedAt: 'e.deleted_at',
  goneAt: 'e.deleted_at',
};

export interface ExecutorTrashQuery {
  namespaceId: string;
  /** A part of the name, in any case. */
  search?: string;
  sort: { field: keyof typeof SORTS; direction: 1 | -1 };
  /** From 1. */
  pageIndex: number;
  pageSize: number;
}

type Row = Omit<TrashedExecutor, 'goneAt' | 'deletedProgram'>;

interface TrashPage {
  items: TrashedExecutor[];
  /** Of all pages. */
  total: number;
}

function toTrashed(row: Row): TrashedExecutor {
  const { deletedAt, deletedClient } = row;
  return {
    ...row,
    goneAt: new Date(deletedAt.getTime() + TRASH_DAYS * DAY_MS),
    deletedProgram: deletedClient === null ? null : clientName(deletedClient),
  };
}

async function readTrash(client: pg.ClientBase, query: ExecutorTrashQuery): Promise<TrashPage> {
  const { namespaceId, search, sort, pageIndex, pageSize } = query;
  const direction = sort.direction === 1 ? 'ASC' : 'DESC';
  const where = `e.namespace_id = $1 AND e.deleted_at IS NOT NULL AND ($2::text IS NULL OR e.name ILIKE $2)`;
  const values = [namespaceId, search ? likeContaining(search) : null];
  const { rows } = await client.query<Row>(
    `SELECT e.id, n.slug AS namespace, e.name, e.size_bytes::float8 AS "sizeBytes", e.deleted_at AS "deletedAt",
       (SELECT count(*) FROM executor_commit c WHERE c.executor_id = e.id)::int AS commits,
       e.deleted_client AS "deletedClient"
     FROM executor e JOIN namespace n ON n.id = e.namespace_id WHERE ${where}
     ORDER BY ${SORTS[sort.field]} ${direction}, e.id ${direction} LIMIT $3 OFFSET $4`,
    [...values, pageSize, (pageIndex - 1) * pageSize],
  );
  const counted = await client.query<{ total: number }>(
    `SELECT count(*)::float8 AS total FROM executor e WHERE ${where}`,
    values,
  );
  return { items: rows.map(toTrashed), total: counted.rows[0]?.total ?? 0 };
}

/**
 * A page of the Executors in a namespace's trash.
 * @throws Fault `invalid` when it takes more than two seconds.
 */
export async function listExecutorTrash(query: ExecutorTrashQuery): Promise<TrashPage> {
  // No name has what Postgres cannot keep.
  if (query.search && !isKeepable(query.search)) return { items: [], total: 0 };
  return withTimeLimit((client) => readTrash(client, query));
}
