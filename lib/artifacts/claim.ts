import type pg from 'pg';
import { Fault } from '#lib/errors.ts';
import { newId } from '#lib/ids.ts';

/** Where a push goes. */
export type PushTarget =
  /** An artifact that is there; a name renames it. */
  | { kind: 'id'; id: string; name: string | null }
  /** A name in the owner's namespace; null: a new unnamed one. */
  | { kind: 'name'; name: string | null }
  /** An un-namespaced name, which only the same kind of push replaces (docs/decisions/014). */
  | { kind: 'anonymous'; name: string }
  /** An un-namespaced name that must be free; null keeps it for ever. */
  | { kind: 'import'; name: string; expiresAt: Date | null };

/** The artifact's row as the transaction found or made it; locked until the commit. */
export interface Claimed {
  id: string;
  created: boolean;
  name: string | null;
  currentVersionId: string;
  sizeBytes: number;
  type: string | null;
  visibility: 'public' | 'private';
  createdAt: Date;
  updatedAt: Date;
  expiresAt: Date | null;
  isLegacy: boolean;
}

const CLAIMED = `id, coalesce(name, legacy_name) AS name, current_version_id AS "currentVersionId",
  size_bytes::float8 AS "sizeBytes", type, visibility, created_at AS "createdAt", updated_at AS "updatedAt",
  expires_at AS "expiresAt", legacy_name IS NOT NULL AS "isLegacy"`;

const UPSERT = {
  name: 'upsert-artifact',
  text: `INSERT INTO artifact
      (id, namespace_id, name, type, visibility, current_version_id, size_bytes, expires_at, created_at, updated_at, documents)
    SELECT $1, n.id, $3, $4, $5, $6, $7, $8::timestamptz + n.retention_days * interval '1 day', $8, $8, $9
    FROM namespace n WHERE n.id = $2
    ON CONFLICT (namespace_id, name) WHERE deleted_at IS NULL
      DO UPDATE SET updated_at = excluded.updated_at,
        expires_at = CASE WHEN artifact.keep_days IS NULL THEN excluded.expires_at
          ELSE excluded.updated_at + nullif(artifact.keep_days, 0) * interval '1 day' END
    RETURNING (xmax = 0) AS created, ${CLAIMED}`,
};

const CLAIM_BY_ID = {
  name: 'claim-artifact',
  text: `UPDATE artifact a SET updated_at = $3, name = coalesce($4, name),
      expires_at = $3::timestamptz + interval '1 day' *
        CASE WHEN keep_days IS NULL THEN (SELECT retention_days FROM namespace WHERE id = $2) ELSE nullif(keep_days, 0) END
    WHERE id = $1 AND namespace_id = $2 AND deleted_at IS NULL
    RETURNING false AS created, ${CLAIMED}`,
};

/**
 * `name` stays null, so that the index over all un-namespaced names is the only one that can be in the way, and the
 * upsert cannot fail between two of them.
 */
const UPSERT_LEGACY = {
  name: 'upsert-legacy-artifact',
  text: `INSERT INTO artifact
      (id, namespace_id, legacy_name, type, visibility, current_version_id, size_bytes, expires_at, created_at, updated_at,
        documents)
    SELECT $1, n.id, $3, $4, $5, $6, $7, coalesce($10, $8::timestamptz + n.retention_days * interval '1 day'), $8, $8, $9
    FROM namespace n WHERE n.id = $2
    ON CONFLICT (legacy_name) WHERE deleted_at IS NULL
      DO UPDATE SET updated_at = excluded.updated_at, expires_at = excluded.expires_at
      WHERE $11 AND artifact.namespace_id = excluded.namespace_id
    RETURNING (xmax = 0) AS created, ${CLAIMED}`,
};

interface ClaimOptions {
  namespaceId: string;
  target: PushTarget;
  /** The version that a new artifact will point at: the key is checked at the commit. */
  versionId: string;
  sizeBytes: number;
  /** Of a new artifact, with its type. */
  documents: number | null;
  type: string | null;
  visibility: 'public' | 'private';
  now: Date;
}

function claimQuery({ target, ...options }: ClaimOptions): { name: string; text: string; values: unknown[] } {
  const { namespaceId, versionId, sizeBytes, documents, type, visibility, now } = options;
  if (target.kind === 'id') return { ...CLAIM_BY_ID, values: [target.id, namespaceId, now, target.name] };
  const values = [newId(), namespaceId, target.name, type, visibility, versionId, sizeBytes, now, documents];
  if (target.kind === 'name') return { ...UPSERT, values };
  const isImport = target.kind === 'import';
  return { ...UPSERT_LEGACY, values: [...values, isImport ? target.expiresAt : null, !isImport] };
}

/** Why there is no row for this target. */
function notClaimed(target: PushTarget): Fault {
  if (target.kind === 'anonymous')
    return new Fault(
      'not-allowed',
      'The administrator imported a DocumentArray of this name, which no push replaces. Choose another name.',
    );
  if (target.kind === 'import')
    return new Fault('name-taken', 'Somebody else gave a DocumentArray this name just now. Look again.');
  return new Fault(
    'not-found',
    'The DocumentArray was deleted while you pushed. Push again to make it anew.',
  );
}

/**
 * Finds or makes the artifact that a push goes to, and locks its row until the commit; its expiry moves in any case.
 * @throws Fault `not-found` when an artifact named by id is gone, `not-allowed` or `name-taken` for an un-namespaced
 *   name that must stay as it is.
 */
export async function claimArtifact(client: pg.ClientBase, options: ClaimOptions): Promise<Claimed> {
  const { rows } = await client.query<Claimed>(claimQuery(options));
  if (rows[0]) return rows[0];
  throw notClaimed(options.target);
}
