import type pg from 'pg';
import { doomBlobs } from '#lib/blobs/doom.ts';

/** A version and what it weighs. */
export interface VersionBytes {
  artifactId: string;
  sizeBytes: number;
}

/** Only what this statement really deletes counts: a push may have added or dropped versions while we waited. */
const DELETE_VERSIONS = `
  DELETE FROM artifact_version WHERE artifact_id = ANY($1)
  RETURNING artifact_id AS "artifactId", blob_id AS "blobId", size_bytes::float8 AS "sizeBytes"`;

/**
 * Deletes artifacts, whose rows must be locked, with all their versions; the bytes go with the next sweep. The quota is
 * the caller's business.
 * @returns the versions that they had.
 */
export async function destroyArtifacts(client: pg.ClientBase, ids: string[]): Promise<VersionBytes[]> {
  if (ids.length === 0) return [];
  const { rows } = await client.query<VersionBytes & { blobId: string }>(DELETE_VERSIONS, [ids]);
  await client.query('DELETE FROM artifact WHERE id = ANY($1)', [ids]);
  await doomBlobs(
    client,
    rows.map(({ blobId }) => blobId),
  );
  return rows;
}

/** The bytes of those versions that are of these artifacts. */
export function bytesOf(versions: VersionBytes[], artifacts: { id: string }[]): number {
  const ids = new Set(artifacts.map(({ id }) => id));
  return versions.reduce((sum, { artifactId, sizeBytes }) => sum + (ids.has(artifactId) ? sizeBytes : 0), 0);
}
