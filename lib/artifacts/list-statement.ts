import { type ArtifactQuery, type QueryParts, queryParts } from '#lib/artifacts/query.ts';

/** One page of a query. */
export interface PageQuery extends ArtifactQuery {
  /** From 1. */
  pageIndex: number;
  pageSize: number;
}

/**
 * A statement that answers with one row: `total`, and the ids of the page in `ids`, or from its last to its first in
 * `backwards`.
 */
export interface PageStatement {
  /** For one that is worth to be prepared. */
  name?: string;
  text: string;
  values: unknown[];
  /** Whether an index serves it; what is not gets a time limit. */
  isIndexed: boolean;
}

type Order = QueryParts['order'];

function orderBy(order: Order): string {
  return order.map(({ sql, direction }) => `${sql} ${direction}`).join(', ');
}

function reversed(order: Order): Order {
  return order.map(({ sql, direction }) => ({ sql, direction: direction === 'ASC' ? 'DESC' : 'ASC' }));
}

/**
 * Reads the page where it stands in an index, from the end of the list that is nearer, and the total from the tally.
 * All of it in one statement, so that it sees one state; a branch that is not wanted has a limit of 0 and is not run.
 */
function walk({ conditions, order, values }: QueryParts, pageSize: number, offset: number) {
  const size = `$${values.length + 1}::bigint`;
  const from = `$${values.length + 2}::bigint`;
  const ids = (by: Order, limit: string, skip: string) => `ARRAY(
      SELECT a.id FROM artifact a WHERE a.deleted_at IS NULL AND ${conditions.join(' AND ')} ORDER BY ${orderBy(by)}
      LIMIT (SELECT ${limit} FROM tally) OFFSET (SELECT ${skip} FROM tally))`;
  const isNear = `${from} <= total / 2`;
  const text = `
    WITH tally AS (
      SELECT coalesce(sum(a.artifacts), 0)::bigint AS total FROM artifact_tally a WHERE ${conditions.join(' AND ')}
    )
    SELECT total::float8,
      ${ids(order, `CASE WHEN ${isNear} THEN ${size} ELSE 0 END`, from)} AS ids,
      ${ids(
        reversed(order),
        `CASE WHEN ${isNear} THEN 0 ELSE greatest(least(${size}, total - ${from}), 0) END`,
        `greatest(total - ${from} - ${size}, 0)`,
      )} AS backwards
    FROM tally`;
  return { text, values: [...values, pageSize, offset] };
}

/** Finds all that match, once, and takes count and page from that. Metadata is looked up first, by its index. */
function gather(parts: QueryParts, pageSize: number, offset: number) {
  const { conditions, metaData, needsVersion, order, values } = parts;
  const isByMetaData = metaData.length > 0;
  const tables = ['artifact a'];
  if (isByMetaData) tables.push('found ON found.id = a.current_version_id');
  if (needsVersion) tables.push('artifact_version v ON v.id = a.current_version_id');
  const found = `found AS MATERIALIZED (SELECT v.id FROM artifact_version v WHERE ${metaData.join(' AND ')}),`;
  const keys = order.map(({ sql }, index) => `${sql} AS key${index}`);
  const by = order.map(({ direction }, index) => `key${index} ${direction}`);
  const text = `
    WITH ${isByMetaData ? found : ''} matching AS MATERIALIZED (
      SELECT ${keys.join(', ')} FROM ${tables.join(' JOIN ')}
      WHERE a.deleted_at IS NULL AND ${conditions.join(' AND ')}
    )
    SELECT (SELECT count(*) FROM matching)::float8 AS total, '{}'::text[] AS backwards, ARRAY(
      SELECT key${order.length - 1} FROM matching ORDER BY ${by.join(', ')}
      LIMIT $${values.length + 1} OFFSET $${values.length + 2}) AS ids`;
  return { text, values: [...values, pageSize, offset] };
}

/** The statement for one page of a query, total included. */
export function pageStatement({ pageIndex, pageSize, ...query }: PageQuery): PageStatement {
  const parts = queryParts(query);
  const offset = (pageIndex - 1) * pageSize;
  const { isIndexed, walk: name } = parts;
  if (name === null) return { ...gather(parts, pageSize, offset), isIndexed };
  return { ...walk(parts, pageSize, offset), name: `list ${name}`, isIndexed };
}
