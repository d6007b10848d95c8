import { clientName } from '#lib/artifacts/client-name.ts';
import { documentsInSummary } from '#lib/artifacts/documents.ts';
import { type ArtifactRow, SELECT_ARTIFACT } from '#lib/artifacts/row.ts';
import { DAY_MS } from '#lib/clock.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { likeContaining } from '#lib/db/like.ts';
import { pool } from '#lib/db/pool.ts';
import { withTimeLimit } from '#lib/db/time-limit.ts';

/** How long the trash keeps what was deleted. */
export const TRASH_DAYS = 7;

/** An artifact in the trash, as a row of its page. */
export interface TrashedArtifact {
  id: string;
  /** The slug of the owning namespace. */
  namespace: string;
  name: string | null;
  type: string | null;
  /** Of the current version. */
  sizeBytes: number;
  documents: number | null;
  /** What the client sent as `metaData.branding`; not checked here. */
  branding: unknown;
  deletedAt: Date;
  /** From when on the housekeeping removes it. */
  goneAt: Date;
  /** `owner`: somebody with the owner's account deleted it. */
  deletion: 'owner' | 'expiry';
  /** The program that did, as people call it. */
  deletedProgram: string | null;
  /** All that it said of itself. */
  deletedClient: string | null;
}

interface TrashedRow extends ArtifactRow {
  deletedAt: Date;
  deletion: TrashedArtifact['deletion'];
  deletedClient: string | null;
}

/** What the trash is sorted by: a column of its own index each. `goneAt` is `deletedAt` and some days. */
const SORTS = {
  name: 'a.name',
  // As the index has it, so that what has no count comes after all counts.
  documents: 'coalesce(a.documents, -1)',
  size: 'a.size_bytes',
  // What nobody deleted comes before all programs.
  deletedBy: `coalesce(a.deleted_client, '')`,
  deletedAt: 'a.deleted_at',
  goneAt: 'a.deleted_at',
};

/** Which part of a namespace's trash, in which order. */
export interface TrashQuery {
  namespaceId: string;
  /** A part of the name, in any case. */
  search?: string;
  sort: { field: keyof typeof SORTS; direction: 1 | -1 };
  /** From 1. */
  pageIndex: number;
  pageSize: number;
}

/** Finds the page first, in an index of the trash, and reads only what stands on it. */
export function trashStatement({ namespaceId, search, sort, pageIndex, pageSize }: TrashQuery) {
  const direction = sort.direction === 1 ? 'ASC' : 'DESC';
  const isNarrowed = search !== undefined && search !== '';
  const text = `
    SELECT t.*, page."deletedAt", page.deletion, page."deletedClient" FROM (
      SELECT a.id, ${SORTS[sort.field]} AS key, a.deleted_at AS "deletedAt", a.deletion,
        a.deleted_client AS "deletedClient"
      FROM artifact a
      WHERE a.namespace_id = $1 AND a.deleted_at IS NOT NULL ${isNarrowed ? 'AND a.name ILIKE $4' : ''}
      ORDER BY ${SORTS[sort.field]} ${direction}, a.id ${direction} LIMIT $2 OFFSET $3) page
    JOIN (${SELECT_ARTIFACT}) t USING (id) ORDER BY page.key ${direction}, page.id ${direction}`;
  const values = [namespaceId, pageSize, (pageIndex - 1) * pageSize];
  if (!isNarrowed) return { name: `trash ${sort.field} ${direction}`, text, values };
  return { text, values: [...values, likeContaining(search)] };
}

function toTrashed(row: TrashedRow): TrashedArtifact {
  const metaData = row.metaDataText === null ? null : JSON.parse(row.metaDataText);
  const { id, namespace, name, type, sizeBytes, deletedAt, deletion, deletedClient } = row;
  return {
    id,
    namespace,
    name,
    type,
    sizeBytes,
    deletedAt,
    deletion,
    deletedClient,
    deletedProgram: deletedClient === null ? null : clientName(deletedClient),
    documents: row.documents ?? documentsInSummary(metaData),
    branding: metaData?.branding ?? null,
    goneAt: new Date(deletedAt.getTime() + TRASH_DAYS * DAY_MS),
  };
}

const COUNT_MATCHES = `SELECT count(*)::float8 AS total FROM artifact a
  WHERE a.namespace_id = $1 AND a.deleted_at IS NOT NULL AND a.name ILIKE $2`;

async function searchTrash(query: TrashQuery, search: string): Promise<TrashPage> {
  // No name has what Postgres cannot keep.
  if (!isKeepable(search)) return { items: [], total: 0 };
  return withTimeLimit(async (client) => {
    const { rows } = await client.query<TrashedRow>(trashStatement(query));
    const counted = await client.query<{ total: number }>(COUNT_MATCHES, [
      query.namespaceId,
      likeContaining(search),
    ]);
    return { items: rows.map(toTrashed), total: counted.rows[0]?.total ?? 0 };
  });
}

interface TrashPage {
  items: TrashedArtifact[];
  /** Of all pages. */
  total: number;
}

/**
 * A page of a namespace's trash. An index serves every order; a search reads the whole trash.
 * @throws Fault `invalid` when a search takes more than two seconds.
 */
export async function listTrash(query: TrashQuery): Promise<TrashPage> {
  if (query.search) return searchTrash(query, query.search);
  const [{ rows }, { trashed }] = await Promise.all([
    pool().query<TrashedRow>(trashStatement(query)),
    countArtifacts(query.namespaceId),
  ]);
  return { items: rows.map(toTrashed), total: trashed };
}

/** How many artifacts a namespace has, and how many are in its trash. */
export async function countArtifacts(namespaceId: string): Promise<{ live: number; trashed: number }> {
  const { rows } = await pool().query<{ live: number; trashed: number }>({
    name: 'count-artifacts',
    text: `SELECT
        (SELECT coalesce(sum(artifacts), 0) FROM artifact_tally WHERE namespace_id = $1)::float8 AS live,
        (SELECT count(*) FROM artifact WHERE namespace_id = $1 AND deleted_at IS NOT NULL)::float8 AS trashed`,
    values: [namespaceId],
  });
  return rows[0] ?? { live: 0, trashed: 0 };
}
