import type { Caller } from '#lib/auth/caller.ts';
import { likeContaining } from '#lib/db/like.ts';
import { nameLike } from '#lib/tokens/name-pattern.ts';

/** What the catalogue is sorted by; each has an index of the public ones that ends with the id. */
const CATALOGUE_SORTS = {
  pulls: 'e.pulls',
  updatedAt: 'e.updated_at',
  createdAt: 'e.created_at',
  name: 'e.name',
};
export type CatalogueSort = keyof typeof CATALOGUE_SORTS;

/** Which Executors of all that somebody may see, in which order. */
export interface CatalogueQuery {
  /** Whose own are among them, private ones too; null: public ones alone. */
  caller: Caller | null;
  /** Words, a part of a word, or something like it; null: whatever they are. */
  search: string | null;
  /** The slug of a namespace. */
  author: string | null;
  /** Those that have all of these. */
  keywords: string[];
  /** Those that are nobody's too. */
  withAnonymous: boolean;
  sort: { field: CatalogueSort; direction: 1 | -1 };
  /** From 1. */
  pageIndex: number;
  pageSize: number;
}

/** Shorter parts of words have no trigram: such a search finds whole words alone. */
const SHORTEST_PART = 3;

const WORDS = '"executor_words"(e."name", e."description", e."keywords", e."readme")';
const LETTERS = '"executor_letters"(e."name", e."description", e."keywords")';
/** As the indexes of the Hub have it. */
const PUBLIC = `e.visibility = 'public' AND e.deleted_at IS NULL`;

/** A statement under construction: nothing of what a client sent stands in it but as `$n`. */
class Statement {
  readonly values: unknown[] = [];
  readonly #query: CatalogueQuery;

  constructor(query: CatalogueQuery) {
    this.#query = query;
  }

  bind(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  get key(): string {
    return CATALOGUE_SORTS[this.#query.sort.field];
  }

  order(key: string, id: string): string {
    const direction = this.#query.sort.direction === 1 ? 'ASC' : 'DESC';
    return `${key} ${direction}, ${id} ${direction}`;
  }

  /** What holds for all of them, beside who may see it. */
  filters(): string {
    const { author, keywords, withAnonymous } = this.#query;
    const conditions = [];
    if (author !== null)
      conditions.push(`e.namespace_id = (SELECT id FROM namespace WHERE slug = ${this.bind(author)})`);
    if (keywords.length > 0) conditions.push(`e.keywords @> ${this.bind(keywords)}::text[]`);
    if (!withAnonymous)
      conditions.push(`e.namespace_id <> ALL (ARRAY(SELECT id FROM namespace WHERE kind = 'system'))`);
    return conditions.map((condition) => ` AND ${condition}`).join('');
  }

  /** The caller's own as far as their token's pattern goes, which hides what of theirs is public, too. */
  visible(): { shown: string; own: string | null } {
    const { caller } = this.#query;
    if (!caller) return { shown: PUBLIC, own: null };
    const namespace = this.bind(caller.namespaceId);
    const like = nameLike(caller.namePattern);
    const within = like === null ? '' : this.bind(like);
    const own = `e.namespace_id = ${namespace} AND e.visibility = 'private' AND e.deleted_at IS NULL`;
    if (like === null) return { shown: PUBLIC, own };
    return {
      shown: `${PUBLIC} AND (e.namespace_id <> ${namespace} OR e.name LIKE ${within})`,
      own: `${own} AND e.name LIKE ${within}`,
    };
  }
}

/** Where an Executor is looked for: each of them is found by an index of its own, so they are not one condition. */
function placesOf(statement: Statement, search: string, isLoose: boolean): string[] {
  if (isLoose) return [`${LETTERS} %> ${statement.bind(search)}`];
  const places = [`${WORDS} @@ plainto_tsquery('pg_catalog.english', ${statement.bind(search)})`];
  if (search.length >= SHORTEST_PART)
    places.push(`${LETTERS} ILIKE ${statement.bind(likeContaining(search))}`);
  return places;
}

/** Finds all that match, once, and takes count and page from that. */
export function searchStatement(query: CatalogueQuery, search: string, isLoose: boolean) {
  const statement = new Statement(query);
  const { shown, own } = statement.visible();
  const filters = statement.filters();
  const places = placesOf(statement, search, isLoose);
  const branches = places.map((place) => `${shown}${filters} AND ${place}`);
  // Private ones are in no index of words, and a person has few of them: their readmes are not searched.
  if (own) branches.push(`${own}${filters} AND ${places.at(-1)}`);
  const found = branches.map(
    (branch) => `SELECT e.id, ${statement.key} AS key FROM executor e WHERE ${branch}`,
  );
  const text = `
    WITH matching AS MATERIALIZED (${found.join(' UNION ')})
    SELECT (SELECT count(*) FROM matching)::float8 AS total, ARRAY(
      SELECT id FROM matching ORDER BY ${statement.order('key', 'id')}
      LIMIT ${statement.bind(query.pageSize)} OFFSET ${statement.bind((query.pageIndex - 1) * query.pageSize)}) AS ids`;
  return { text, values: statement.values };
}

/** Reads the page where it stands in the index of its sort; the total is asked for apart. */
export function walkStatement(query: CatalogueQuery) {
  const statement = new Statement(query);
  const { shown, own } = statement.visible();
  const filters = statement.filters();
  const { pageIndex, pageSize } = query;
  const end = statement.bind(pageIndex * pageSize);
  const nearest = [shown, ...(own ? [own] : [])].map(
    (branch) => `(SELECT e.id, ${statement.key} AS key FROM executor e WHERE ${branch}${filters}
      ORDER BY ${statement.order(statement.key, 'e.id')} LIMIT ${end})`,
  );
  const text = `SELECT id FROM (${nearest.join(' UNION ALL ')}) AS nearest
    ORDER BY ${statement.order('key', 'id')} LIMIT ${statement.bind(pageSize)} OFFSET ${statement.bind((pageIndex - 1) * pageSize)}`;
  return { text, values: statement.values };
}

/** How many there are without a search. */
export function countStatement(query: CatalogueQuery) {
  const statement = new Statement(query);
  const { shown, own } = statement.visible();
  const filters = statement.filters();
  const counts = [shown, ...(own ? [own] : [])].map(
    (branch) => `(SELECT count(*) FROM executor e WHERE ${branch}${filters})`,
  );
  return { text: `SELECT (${counts.join(' + ')})::float8 AS total`, values: statement.values };
}
