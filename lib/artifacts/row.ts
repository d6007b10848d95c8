import type { Caller } from '#lib/auth/caller.ts';
import { matchesName } from '#lib/tokens/name-pattern.ts';

/** An artifact with its current version, as every read of the API needs it. */
export interface ArtifactRow {
  id: string;
  namespaceId: string;
  /** The slug of the owning namespace. */
  namespace: string;
  /** Null for an unnamed one. */
  name: string | null;
  /** Whether the name is everybody's: outside of all namespaces (docs/decisions/014). */
  isLegacy: boolean;
  type: string | null;
  visibility: 'public' | 'private';
  createdAt: Date;
  updatedAt: Date;
  /** Null: kept for ever. */
  expiresAt: Date | null;
  versionId: string;
  versionNumber: number;
  blobId: string;
  store: string;
  sizeBytes: number;
  /** Hexadecimal. */
  sha256: string;
  /** The count in the header of a DocumentArray, when it has one. */
  documents: number | null;
  /** JSON text of an object, as the client sent it. */
  metaDataText: string | null;
}

/** `SELECT … FROM …` of an `ArtifactRow`; add the `WHERE`, and mind `a.deleted_at`. */
export const SELECT_ARTIFACT = `
  SELECT a.id, a.namespace_id AS "namespaceId", n.slug AS namespace, coalesce(a.name, a.legacy_name) AS name,
    a.legacy_name IS NOT NULL AS "isLegacy", a.type, a.visibility,
    a.created_at AS "createdAt", a.updated_at AS "updatedAt", a.expires_at AS "expiresAt",
    v.id AS "versionId", v.number AS "versionNumber", v.blob_id AS "blobId", b.store,
    v.size_bytes::float8 AS "sizeBytes", encode(v.sha256, 'hex') AS sha256, v.documents::float8 AS documents,
    v.meta_data_text AS "metaDataText"
  FROM artifact a
    JOIN namespace n ON n.id = a.namespace_id
    JOIN artifact_version v ON v.id = a.current_version_id
    JOIN blob b ON b.id = v.blob_id`;

/**
 * Whether the caller (null: nobody) may see the artifact: their own as far as their token's name pattern goes, and what
 * others made public.
 */
export function sees(
  caller: Caller | null,
  row: Pick<ArtifactRow, 'namespaceId' | 'name' | 'visibility'>,
): boolean {
  if (caller && owns(caller, row)) return matchesName(caller.namePattern, row.name);
  return row.visibility === 'public';
}

/** Whether the caller (null: nobody) owns the artifact. */
export function owns(caller: Caller | null, row: { namespaceId: string }): boolean {
  return caller !== null && caller.namespaceId === row.namespaceId;
}
