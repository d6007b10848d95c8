import type pg from 'pg';
import { type PageQuery, type PageStatement, pageStatement } from '#lib/artifacts/list-statement.ts';
import { type ArtifactRow, SELECT_ARTIFACT } from '#lib/artifacts/row.ts';
import { pool } from '#lib/db/pool.ts';
import { withTimeLimit } from '#lib/db/time-limit.ts';

/** The largest page of a list, and the page when none is asked for (contract 4.5). */
export const MAX_PAGE_SIZE = 10_000;
/** Rows read at once while a list is streamed: with 1 MiB of metadata each, at most 50 MiB. */
const BATCH = 50;

/** Reads artifacts by their ids; the bench explains it. */
export const READ_ARTIFACTS = {
  name: 'artifacts-by-ids',
  text: `${SELECT_ARTIFACT} WHERE a.id = ANY($1) AND a.deleted_at IS NULL`,
};

/** The ids of a page in order, and how many artifacts match in all. */
export interface ArtifactIds {
  ids: string[];
  total: number;
}

interface Page {
  ids: string[];
  backwards: string[];
  total: number;
}

async function readPage(
  client: Pick<pg.ClientBase, 'query'>,
  { name, text, values }: PageStatement,
): Promise<ArtifactIds> {
  const { rows } = await client.query<Page>({ name, text, values });
  const [page] = rows;
  if (!page) throw new Error('a page has no row');
  const { ids, backwards, total } = page;
  return { ids: backwards.length > 0 ? backwards.reverse() : ids, total };
}

const TOO_LONG =
  'This filter or sort takes too long here. Sort by createdAt, updatedAt, expireAt, name, size, documents, pulls, type or visibility.';

/**
 * The ids of one page. An index serves the usual sorts and filters; what it does not serve is right as well, but
 * stopped after two seconds.
 * @throws Fault `invalid` when that limit is reached.
 */
export async function listArtifactIds(query: PageQuery): Promise<ArtifactIds> {
  const statement = pageStatement(query);
  if (statement.isIndexed) return readPage(pool(), statement);
  return withTimeLimit((client) => readPage(client, statement), TOO_LONG);
}

/**
 * Reads artifacts by id, in the order of `ids`, a few at a time. What was deleted in the meantime is left out.
 * No cursor is held open, so a slow reader holds no connection (docs/decisions/005).
 */
export async function* readArtifacts(ids: string[]): AsyncGenerator<ArtifactRow> {
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    const { rows } = await pool().query<ArtifactRow>({ ...READ_ARTIFACTS, values: [batch] });
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const id of batch) {
      const row = byId.get(id);
      if (row) yield row;
    }
  }
}
