import type pg from 'pg';
import { type ArtifactQuery, type ArtifactSql, artifactSql } from '#lib/artifacts/query.ts';
import { type ArtifactRow, SELECT_ARTIFACT } from '#lib/artifacts/row.ts';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';

/** The largest page of a list, and the page when none is asked for (contract 4.5). */
export const MAX_PAGE_SIZE = 10_000;
/** How long a filter or a sort that no index serves may take. */
const UNINDEXED_TIMEOUT_MS = 2_000;
/** Rows read at once while a list is streamed: with 1 MiB of metadata each, at most 50 MiB. */
const BATCH = 50;
const QUERY_CANCELED = '57014';

/** One page of a query. */
export interface PageQuery extends ArtifactQuery {
  /** From 1. */
  pageIndex: number;
  pageSize: number;
}

/** The ids of a page in order, and how many artifacts match in all. */
export interface ArtifactIds {
  ids: string[];
  total: number;
}

async function readPage(
  client: Pick<pg.ClientBase, 'query'>,
  sql: ArtifactSql,
  page: PageQuery,
): Promise<ArtifactIds> {
  const offset = (page.pageIndex - 1) * page.pageSize;
  const values = [...sql.values, page.pageSize, offset];
  const { rows } = await client.query<{ id: string }>(
    `SELECT a.id FROM ${sql.from} WHERE ${sql.where} ORDER BY ${sql.orderBy} LIMIT $${values.length - 1} OFFSET $${values.length}`,
    values,
  );
  const ids = rows.map((row) => row.id);
  // A page that is not full, and not beyond the end, says the total by itself.
  if (ids.length < page.pageSize && (ids.length > 0 || offset === 0))
    return { ids, total: offset + ids.length };
  const counted = await client.query<{ total: number }>(
    `SELECT count(*)::float8 AS total FROM ${sql.from} WHERE ${sql.where}`,
    sql.values,
  );
  return { ids, total: counted.rows[0]?.total ?? 0 };
}

/**
 * The ids of one page. An index serves the usual sorts and filters; what it does not serve is right as well, but
 * stopped after two seconds.
 * @throws Fault `invalid` when that limit is reached.
 */
export async function listArtifactIds(page: PageQuery): Promise<ArtifactIds> {
  const sql = artifactSql(page);
  if (sql.isIndexed) return readPage(pool(), sql, page);
  try {
    return await transaction(async (client) => {
      await client.query(`SET LOCAL statement_timeout = ${UNINDEXED_TIMEOUT_MS}`);
      return readPage(client, sql, page);
    });
  } catch (error) {
    if ((error as pg.DatabaseError).code !== QUERY_CANCELED) throw error;
    throw new Fault(
      'invalid',
      'This filter or sort takes too long here. Sort by createdAt, updatedAt, name, size, type or visibility.',
    );
  }
}

/**
 * Reads artifacts by id, in the order of `ids`, a few at a time. What was deleted in the meantime is left out.
 * No cursor is held open, so a slow reader holds no connection (docs/decisions/005).
 */
export async function* readArtifacts(ids: string[]): AsyncGenerator<ArtifactRow> {
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    const { rows } = await pool().query<ArtifactRow>({
      name: 'artifacts-by-ids',
      text: `${SELECT_ARTIFACT} WHERE a.id = ANY($1) AND a.deleted_at IS NULL`,
      values: [batch],
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const id of batch) {
      const row = byId.get(id);
      if (row) yield row;
    }
  }
}
