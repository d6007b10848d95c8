import { documentsInSummary } from '#lib/artifacts/documents.ts';
import { type ArtifactRow, SELECT_ARTIFACT } from '#lib/artifacts/row.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { DAY_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';

/** How long the trash keeps what was deleted. */
export const TRASH_DAYS = 7;

/** An artifact in the trash, as a row of its page. */
export interface TrashedArtifact {
  id: string;
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
  /** The user agent that did. */
  deletedClient: string | null;
}

interface TrashedRow extends ArtifactRow {
  deletedAt: Date;
  deletion: TrashedArtifact['deletion'];
  deletedClient: string | null;
}

const PAGE = {
  name: 'trash-page',
  text: `
    SELECT t.*, a.deleted_at AS "deletedAt", a.deletion, a.deleted_client AS "deletedClient"
    FROM (${SELECT_ARTIFACT} WHERE a.namespace_id = $1 AND a.deleted_at IS NOT NULL
      ORDER BY a.deleted_at DESC, a.id DESC LIMIT $2 OFFSET $3) t
    JOIN artifact a USING (id) ORDER BY a.deleted_at DESC, a.id DESC`,
};

function toTrashed(row: TrashedRow): TrashedArtifact {
  const metaData = row.metaDataText === null ? null : JSON.parse(row.metaDataText);
  const { id, name, type, sizeBytes, deletedAt, deletion, deletedClient } = row;
  return {
    id,
    name,
    type,
    sizeBytes,
    deletedAt,
    deletion,
    deletedClient,
    documents: row.documents ?? documentsInSummary(metaData),
    branding: metaData?.branding ?? null,
    goneAt: new Date(deletedAt.getTime() + TRASH_DAYS * DAY_MS),
  };
}

interface TrashPage {
  caller: Caller;
  /** From 1. */
  pageIndex: number;
  pageSize: number;
}

/** A page of the caller's trash, what was deleted last first. */
export async function listTrash({ caller, pageIndex, pageSize }: TrashPage): Promise<TrashedArtifact[]> {
  const values = [caller.namespaceId, pageSize, (pageIndex - 1) * pageSize];
  const { rows } = await pool().query<TrashedRow>({ ...PAGE, values });
  return rows.map(toTrashed);
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
