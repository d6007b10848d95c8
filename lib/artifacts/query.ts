import { jsonProblem, MAX_JSON_LEVELS } from '#lib/artifacts/json-problem.ts';
import { isKeepable } from '#lib/db/keepable.ts';

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
}

/** SQL made for a query; `values` fill its `$n`. */
export interface ArtifactSql {
  from: string;
  where: string;
  orderBy: string;
  values: unknown[];
  /** Whether an index serves it; what is not gets a time limit. */
  isIndexed: boolean;
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
  expireAt: { sql: 'a.expires_at', indexed: false },
  documents: { sql: 'v.documents', indexed: false },
  sha256: { sql: `encode(v.sha256, 'hex')`, indexed: false },
};

/** What a column's value looks like in a reply, as text: a filter compares with that. */
const REPLIED: Record<string, string> = {
  createdAt: `to_char(a.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  updatedAt: `to_char(a.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  expireAt: `to_char(a.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
};

const META_DATA = 'metaData';
const JOIN_VERSION = ' JOIN artifact_version v ON v.id = a.current_version_id';

class Builder {
  readonly values: unknown[] = [];
  readonly conditions: string[] = [];
  needsVersion = false;
  isIndexed = true;

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
    this.conditions.push(path ? this.metaDataEquals(path, value) : this.columnEquals(field, value));
  }

  /** Containment uses the GIN index; the comparison behind it makes it an equality. */
  metaDataEquals(path: string[], value: unknown): string {
    if (path.length > MAX_JSON_LEVELS || jsonProblem(value) || !path.every(isKeepable)) return 'false';
    this.needsVersion = true;
    const nested = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    const contains = `v.meta_data @> ${this.bind(JSON.stringify(nested))}::jsonb`;
    return `${contains} AND v.meta_data #> ${this.bind(path)}::text[] = ${this.bind(JSON.stringify(value))}::jsonb`;
  }

  columnEquals(field: string, value: unknown): string {
    const sql = this.column(field);
    if (!sql || (typeof value !== 'string' && typeof value !== 'number')) return 'false';
    if (field === 'visibility')
      return value === 'public' || value === 'private' ? `${sql} = '${value}'` : 'false';
    if (field === 'size' || field === 'documents') {
      const number = Number(value);
      return Number.isSafeInteger(number) ? `${sql} = ${this.bind(number)}::bigint` : 'false';
    }
    if (field !== 'type') this.isIndexed = false;
    const text = String(value);
    return isKeepable(text) ? `${REPLIED[field] ?? sql} = ${this.bind(text)}` : 'false';
  }

  search(part: string): void {
    this.isIndexed = false;
    const pattern = `%${part.replaceAll(/[\\%_]/g, '\\$&')}%`;
    this.conditions.push(isKeepable(part) ? `a.name ILIKE ${this.bind(pattern)}` : 'false');
  }

  /** Unknown and unsafe fields are quietly ignored; artifacts that lack the field stay in the list. */
  sortKey({ field, direction }: SortKey): string | null {
    const path = metaDataPath(field);
    if (path && (path.length > MAX_JSON_LEVELS || !path.every(isKeepable))) return null;
    if (path) {
      this.needsVersion = true;
      this.isIndexed = false;
    }
    const sql = path ? `v.meta_data #> ${this.bind(path)}::text[]` : this.column(field);
    return sql && `${sql} ${direction === 1 ? 'ASC' : 'DESC'}`;
  }
}

/** The path into metadata that a dotted field means, or null when it is no field of metadata. */
function metaDataPath(field: string): string[] | null {
  const [first, ...path] = field.split('.');
  return first === META_DATA ? path : null;
}

/** The SQL of a query, by the table of fields above; nothing of what a client sent stands in the text itself. */
export function artifactSql(query: ArtifactQuery): ArtifactSql {
  const builder = new Builder();
  builder.conditions.push(`a.namespace_id = ${builder.bind(query.namespaceId)}`, 'a.deleted_at IS NULL');
  for (const [field, value] of Object.entries(query.filter)) builder.filter(field, value);
  if (query.search) builder.search(query.search);
  const keys = query.sort.map((key) => builder.sortKey(key)).filter((key) => key !== null);
  // The index of a sort ends in the id, so the last key's direction decides how ties are read.
  const tie = (keys.at(-1) ?? '').endsWith('DESC') ? 'DESC' : 'ASC';
  if (keys.length > 1) builder.isIndexed = false;
  return {
    from: `artifact a${builder.needsVersion ? JOIN_VERSION : ''}`,
    where: builder.conditions.join(' AND '),
    orderBy: [...(keys.length > 0 ? keys : ['a.created_at ASC']), `a.id ${tie}`].join(', '),
    values: builder.values,
    isIndexed: builder.isIndexed,
  };
}
