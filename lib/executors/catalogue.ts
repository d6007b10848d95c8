import type pg from 'pg';
import type { Caller } from '#lib/auth/caller.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { pool } from '#lib/db/pool.ts';
import { withTimeLimit } from '#lib/db/time-limit.ts';
import {
  type CatalogueQuery,
  countStatement,
  searchStatement,
  walkStatement,
} from '#lib/executors/catalogue-statement.ts';

/** How like a word has to be to what was typed, from 0 to 1: two wrong letters of ten are forgiven. */
const LIKENESS = 0.5;
/** Shorter texts are like too many words. */
const SHORTEST_LOOSE = 4;
/** The longest search; what is beyond it is not looked for. */
const MAX_SEARCH_LENGTH = 200;
/** Keywords that the Hub offers. */
const MAX_KEYWORDS = 24;

/** An Executor as the catalogue shows it. */
export interface CatalogueItem {
  id: string;
  /** The slug of the owning namespace. */
  namespace: string;
  /** It is nobody's: pushed without a token, or imported. */
  isNobodys: boolean;
  name: string;
  visibility: 'public' | 'private';
  description: string | null;
  keywords: string[];
  /** The tag that moved last, but for `latest` where there is another one. */
  tag: string | null;
  pulls: number;
  createdAt: Date;
  updatedAt: Date;
}

export interface CataloguePage {
  items: CatalogueItem[];
  /** Of all pages. */
  total: number;
  /** Nothing is exactly as it was searched for; these are like it. */
  isLoose: boolean;
}

interface Ids {
  ids: string[];
  total: number;
}

const READ = {
  name: 'catalogue-items',
  text: `SELECT e.id, n.slug AS namespace, n.kind = 'system' AS "isNobodys", e.name, e.visibility, e.description, e.keywords,
      (SELECT t.name FROM executor_tag t WHERE t.executor_id = e.id
        ORDER BY t.name = 'latest', t.updated_at DESC, t.name LIMIT 1) AS tag,
      e.pulls::float8 AS pulls, e.created_at AS "createdAt", e.updated_at AS "updatedAt"
    FROM executor e JOIN namespace n ON n.id = e.namespace_id
    WHERE e.id = ANY($1) AND e.deleted_at IS NULL AND (e.visibility = 'public' OR e.namespace_id = $2)`,
};

/** One that was hidden since it was found stays so. */
async function readItems(ids: string[], caller: Caller | null): Promise<CatalogueItem[]> {
  if (ids.length === 0) return [];
  const { rows } = await pool().query<CatalogueItem>({ ...READ, values: [ids, caller?.namespaceId ?? null] });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function lettersOf(text: string): number {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '').length;
}

async function search(
  client: pg.ClientBase,
  query: CatalogueQuery,
  text: string,
): Promise<Ids & { isLoose: boolean }> {
  const nothing = { ids: [], total: 0 };
  const exact = await client.query<Ids>(searchStatement(query, text, false));
  const found = exact.rows[0] ?? nothing;
  if (found.total > 0 || lettersOf(text) < SHORTEST_LOOSE) return { ...found, isLoose: false };
  await client.query(`SET LOCAL pg_trgm.word_similarity_threshold = ${LIKENESS}`);
  const loose = await client.query<Ids>(searchStatement(query, text, true));
  return { ...(loose.rows[0] ?? nothing), isLoose: true };
}

/** The tally knows how many public ones there are of one keyword, or at all. */
function isTallied({ caller, author, keywords, withAnonymous }: CatalogueQuery): boolean {
  return caller === null && author === null && keywords.length < 2 && withAnonymous;
}

async function countTallied(keyword: string): Promise<number> {
  const { rows } = await pool().query<{ total: number }>({
    name: 'hub-total',
    text: 'SELECT coalesce(sum(executors), 0)::float8 AS total FROM hub_tally WHERE keyword = $1',
    values: [keyword],
  });
  return rows[0]?.total ?? 0;
}

async function walk(client: pg.ClientBase, query: CatalogueQuery): Promise<Ids> {
  const { rows } = await client.query<{ id: string }>(walkStatement(query));
  const ids = rows.map(({ id }) => id);
  if (isTallied(query)) return { ids, total: await countTallied(query.keywords[0] ?? '') };
  const counted = await client.query<{ total: number }>(countStatement(query));
  return { ids, total: counted.rows[0]?.total ?? 0 };
}

/**
 * A page of the Executors that somebody may see: public ones, and their own. A search finds words of the name, the
 * keywords, the description and the readme, and parts of words of the first three; where nothing has them, what is
 * written much alike.
 * @throws Fault `invalid` when it takes more than two seconds.
 */
export async function listCatalogue(query: CatalogueQuery): Promise<CataloguePage> {
  const nothing = { items: [], total: 0, isLoose: false };
  const { author, keywords } = query;
  const text = (query.search ?? '').trim().slice(0, MAX_SEARCH_LENGTH);
  if (![text, author ?? '', ...keywords].every(isKeepable)) return nothing;
  const { ids, total, isLoose } = await withTimeLimit(
    async (client) =>
      text === '' ? { ...(await walk(client, query)), isLoose: false } : search(client, query, text),
    'This search takes too long here. Look for another word, or for fewer of them.',
  );
  return { items: await readItems(ids, query.caller), total, isLoose };
}

/** The keywords that most public Executors have, with how many of them do. */
export async function listHubKeywords(): Promise<{ keyword: string; executors: number }[]> {
  const { rows } = await pool().query<{ keyword: string; executors: number }>({
    name: 'hub-keywords',
    text: `SELECT keyword, sum(executors)::float8 AS executors FROM hub_tally WHERE keyword <> ''
      GROUP BY keyword HAVING sum(executors) > 0 ORDER BY sum(executors) DESC, keyword LIMIT $1`,
    values: [MAX_KEYWORDS],
  });
  return rows;
}

/** How many public Executors there are. */
export function countHub(): Promise<number> {
  return countTallied('');
}
