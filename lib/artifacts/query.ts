import { jsonProblem, MAX_JSON_LEVELS } from '#lib/artifacts/json-problem.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { likeContaining } from '#lib/db/like.ts';
import { nameLike } from '#lib/tokens/name-pattern.ts';

/** A field to sort by, `1` ascending or `-1` descending. Fields of metadata are dotted: `metaData.a.b`. */
export interface SortKey {
  field: string;
  direction: 1 | -1;
}

/** Which of a namespace's artifacts, in which order. */
export interface ArtifactQuery {
  namespaceId: string;
  /** Field to required value, all combined by AND; a field that does not exist matches nothing (contract 4.5). */
  filter: Record<string, unknown>;
  sort: SortKey[];
  /** A part of the name, in any case. */
  search?: string;
  /** What the asking token is limited to (lib/tokens/name-pattern.ts). */
  namePattern?: string | null;
  /** All but this type; those without one stay. */
  exceptType?: string;
  /** Those whose time is over before that. */
  expiresBefore?: Date;
}

/** A query in SQL, in parts; nothing of what a client sent stands in them but as `$n`, which `values` fill. */
export interface QueryParts {
  /** Conditions on `artifact a`, besides that it is not deleted, and on its version `v` where `needsVersion`. */
  conditions: string[];
  /** Conditions on `artifact_version v` that the index of metadata serves. */
  metaData: string[];
  needsVersion: boolean;
  order: { sql: string; direction: 'ASC' | 'DESC' }[];
  values: unknown[];
  /** Whether an index serves it; what is not gets a time limit. */
  isIndexed: boolean;
  /**
   * Names the statement, where an index gives the order and `artifact_tally` knows how many there are; of such
   * statements there are a few hundred at most. Null for all others.
   */
  walk: string | null;
}

/** What can be filtered and sorted by, and its column. Every other name is no field at all. */
const COLUMNS: Record<string, { sql: string; indexed: boolean }> = {
  createdAt: { sql: 'a.created_at', indexed: true },
  updatedAt: { sql: 'a.updated_at', indexed: true },
  name: { sql: 'a.name', indexed: true },
  size: { sql: 'a.size_bytes', indexed: true },
  type: { sql: 'a.type', indexed: true },
  visibility: { sql: 'a.visibility', indexed: true },
  _id: { sql: 'a.id', indexed: false },
  id: { sql: 'a.id', indexed: false },
  expireAt: { sql: 'a.expires_at', indexed: true },
  // As the index has it, so that what has no count comes after all counts.
  documents: { sql: 'coalesce(a.documents, -1)', indexed: true },
  // As of the last housekeeping, a minute ago at most.
  pulls: { sql: 'a.pulls', indexed: true },
  sha256: { sql: `encode(v.sha256, 'hex')`, indexed: false },
};

/** What is compared as a whole number. */
const COUNTS = ['size', 'documents', 'pulls'];

/** What a column's value looks like in a reply, as text: a filter compares with that. */
const REPLIED: Record<string, string> = {
  createdAt: `to_char(a.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  updatedAt: `to_char(a.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  expireAt: `to_char(a.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
};

const META_DATA = 'metaData';
/** Filters on these are counted in the tally. */
const TALLIED = ['type', 'visibility'];

class Builder {
  /** The first one is about the namespace. */
  readonly conditions: string[] = [];
  readonly metaData: string[] = [];
  readonly values: unknown[] = [];
  needsVersion = false;
  isIndexed = true;
  readonly #namespaceId: string;

  constructor(namespaceId: string) {
    this.#namespaceId = namespaceId;
    this.conditions.push(`a.namespace_id = ${this.bind(namespaceId)}`);
  }

  bind(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  column(field: string): string | null {
    const column = Object.hasOwn(COLUMNS, field) ? COLUMNS[field] : undefined;
    if (!column) return null;
    if (column.sql.includes('v.')) this.needsVersion = true;
    if (!column.indexed) this.isIndexed = false;
    return column.sql;
  }

  filter(field: string, value: unknown): void {
    const path = metaDataPath(field);
    if (path) this.metaDataEquals(path, value);
    else this.conditions.push(this.columnEquals(field, value));
  }

  /**
   * Containment uses the index, where metadata is stored below its namespace's id. Of a value without parts it is
   * equality; else a comparison, which Postgres estimates badly, makes it so.
   */
  metaDataEquals(path: string[], value: unknown): void {
    if (path.length > MAX_JSON_LEVELS || jsonProblem(value) || !path.every(isKeepable)) {
      this.conditions.push('false');
      return;
    }
    const whole = [this.#namespaceId, ...path];
    const nested = whole.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    this.metaData.push(`v.meta_data @> ${this.bind(JSON.stringify(nested))}::jsonb`);
    if (typeof value !== 'object' || value === null) return;
    this.metaData.push(
      `v.meta_data #> ${this.bind(whole)}::text[] = ${this.bind(JSON.stringify(value))}::jsonb`,
    );
  }

  columnEquals(field: string, value: unknown): string {
    const sql = this.column(field);
    if (!sql || (typeof value !== 'string' && typeof value !== 'number')) return 'false';
    if (field === 'visibility')
      return value === 'public' || value === 'private' ? `${sql} = '${value}'` : 'false';
    if (COUNTS.includes(field)) {
      const number = Number(value);
      return Number.isSafeInteger(number) && number >= 0 ? `${sql} = ${this.bind(number)}::bigint` : 'false';
    }
    if (field !== 'type') this.isIndexed = false;
    const text = String(value);
    return isKeepable(text) ? `${REPLIED[field] ?? sql} = ${this.bind(text)}` : 'false';
  }

  search(part: string): void {
    this.isIndexed = false;
    this.conditions.push(isKeepable(part) ? `a.name ILIKE ${this.bind(likeContaining(part))}` : 'false');
  }

  namePattern(pattern: string | null): void {
    const like = nameLike(pattern);
    if (like !== null) this.conditions.push(`a.name LIKE ${this.bind(like)}`);
  }

  exceptType(type: string): void {
    this.conditions.push(`a.type IS DISTINCT FROM ${this.bind(type)}`);
  }

  expiresBefore(time: Date): void {
    this.conditions.push(`a.expires_at < ${this.bind(time)}`);
  }

  /** Unknown and unsafe fields are quietly ignored; artifacts that lack the field stay in the list. */
  sortKey({ field, direction }: SortKey): QueryParts['order'] {
    const path = metaDataPath(field);
    if (path && (path.length > MAX_JSON_LEVELS || !path.every(isKeepable))) return [];
    if (path) {
      this.needsVersion = true;
      this.isIndexed = false;
    }
    const whole = path && [this.#namespaceId, ...path];
    const sql = whole ? `v.meta_data #> ${this.bind(whole)}::text[]` : this.column(field);
    return sql ? [{ sql, direction: direction === 1 ? 'ASC' : 'DESC' }] : [];
  }
}

/** The path into metadata that a dotted field means, or null when it is no field of metadata. */
function metaDataPath(field: string): string[] | null {
  const [first, ...path] = field.split('.');
  return first === META_DATA ? path : null;
}

/**
 * Reads a query by the table of fields above. Without a usable sort key the oldest come first; the id breaks ties, in
 * the direction of the last key, as the indexes do.
 */
export function queryParts(query: ArtifactQuery): QueryParts {
  const { namespaceId, filter, sort, search, namePattern = null, exceptType, expiresBefore } = query;
  const builder = new Builder(namespaceId);
  for (const [field, value] of Object.entries(filter)) builder.filter(field, value);
  if (search) builder.search(search);
  builder.namePattern(namePattern);
  if (exceptType) builder.exceptType(exceptType);
  if (expiresBefore) builder.expiresBefore(expiresBefore);
  const keys = sort.flatMap((key) => builder.sortKey(key));
  const order = keys.length > 0 ? keys : [{ sql: 'a.created_at', direction: 'ASC' as const }];
  if (order.length > 1) builder.isIndexed = false;
  const { conditions, metaData, needsVersion, values, isIndexed } = builder;
  const isTallied =
    namePattern === null && !expiresBefore && Object.keys(filter).every((field) => TALLIED.includes(field));
  const tie = { sql: 'a.id', direction: order.at(-1)?.direction ?? 'ASC' };
  const walk =
    isIndexed && isTallied ? [order[0]?.sql, tie.direction, ...conditions.slice(1)].join(' ') : null;
  return { conditions, metaData, needsVersion, values, isIndexed, walk, order: [...order, tie] };
}
