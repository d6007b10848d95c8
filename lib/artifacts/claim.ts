import type pg from 'pg';
import { Fault } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';

/** Where a push goes: an existing artifact by id, a name in the caller's namespace, or (both null) a new unnamed one. */
export interface PushTarget {
  id: string | null;
  name: string | null;
}

/** The artifact's row as the transaction found or made it; locked until the commit. */
export interface Claimed {
  id: string;
  created: boolean;
  name: string | null;
  currentVersionId: string;
  sizeBytes: number;
  type: string | null;
}

const CLAIMED = `id, name, current_version_id AS "currentVersionId", size_bytes::float8 AS "sizeBytes", type`;

const UPSERT = {
  name: 'upsert-artifact',
  text: `INSERT INTO artifact
      (id, namespace_id, name, type, visibility, current_version_id, size_bytes, expires_at, created_at, updated_at)
    SELECT $1, n.id, $3, $4, $5, $6, $7, $8::timestamptz + n.retention_days * interval '1 day', $8, $8
    FROM namespace n WHERE n.id = $2
    ON CONFLICT (namespace_id, name) WHERE deleted_at IS NULL
      DO UPDATE SET updated_at = excluded.updated_at, expires_at = excluded.expires_at
    RETURNING (xmax = 0) AS created, ${CLAIMED}`,
};

const CLAIM_BY_ID = {
  name: 'claim-artifact',
  text: `UPDATE artifact a SET updated_at = $3, name = coalesce($4, name),
      expires_at = $3::timestamptz + (SELECT retention_days FROM namespace WHERE id = $2) * interval '1 day'
    WHERE id = $1 AND namespace_id = $2 AND deleted_at IS NULL
    RETURNING false AS created, ${CLAIMED}`,
};

interface ClaimOptions {
  namespaceId: string;
  target: PushTarget;
  /** The version that a new artifact will point at: the key is checked at the commit. */
  versionId: string;
  sizeBytes: number;
  type: string | null;
  visibility: 'public' | 'private';
  now: Date;
}

/**
 * Finds or makes the artifact that a push goes to, and locks its row until the commit; its expiry moves in any case.
 * @throws Fault `not-found` when an artifact named by id is gone.
 */
export async function claimArtifact(client: pg.ClientBase, options: ClaimOptions): Promise<Claimed> {
  const { namespaceId, target, versionId, sizeBytes, type, visibility, now } = options;
  const query = target.id
    ? { ...CLAIM_BY_ID, values: [target.id, namespaceId, now, target.name] }
    : { ...UPSERT, values: [newId(), namespaceId, target.name, type, visibility, versionId, sizeBytes, now] };
  const { rows } = await client.query<Claimed>(query);
  if (rows[0]) return rows[0];
  throw new Fault('not-found', 'The DocumentArray was deleted while you pushed. Push again to make it anew.');
}
