import type pg from 'pg';
import { doomBlobs } from '#lib/blobs/doom.ts';
import { env } from '#lib/env.ts';

interface Removed {
  blobId: string;
  sizeBytes: number;
}

async function letGo(client: pg.ClientBase, removed: Removed[]): Promise<number> {
  await doomBlobs(
    client,
    removed.map((version) => version.blobId),
  );
  return removed.reduce((sum, version) => sum + version.sizeBytes, 0);
}

/**
 * Removes the oldest versions of an artifact, so that one more makes KEEP_VERSIONS of them; with KEEP_VERSIONS=1 that
 * is the current one too, which the artifact then points at until the new one is written. Its row must be locked.
 * @returns the bytes freed.
 */
export async function pruneVersions(client: pg.ClientBase, artifactId: string): Promise<number> {
  const { rows } = await client.query<Removed>({
    name: 'prune-versions',
    text: `DELETE FROM artifact_version WHERE artifact_id = $1 AND number <= (
        SELECT number FROM artifact_version WHERE artifact_id = $1 ORDER BY number DESC OFFSET $2 LIMIT 1)
      RETURNING blob_id AS "blobId", size_bytes::float8 AS "sizeBytes"`,
    values: [artifactId, env().KEEP_VERSIONS - 1],
  });
  return letGo(client, rows);
}

interface MakeRoomOptions {
  namespaceId: string;
  /** The artifact whose old versions go first. */
  first?: string;
  /** The artifact whose old versions stay. */
  spared?: string;
  excessBytes: number;
}

/**
 * Removes old versions until `excessBytes` are freed or none is left: those of one artifact first, then the
 * oldest of the namespace, since only current versions may make a push refused (docs/decisions/006). What is in the
 * trash takes no space, and keeps its versions. The usage's row must be locked: nothing enters the trash meanwhile.
 * Rows that another transaction works on are skipped, so two pushes cannot wait for each other.
 * @returns the bytes freed.
 */
export async function makeRoom(client: pg.ClientBase, options: MakeRoomOptions): Promise<number> {
  const { rows } = await client.query<Removed>(
    `WITH old AS (
       SELECT v.id, v.size_bytes, v.artifact_id IS NOT DISTINCT FROM $2 AS same, v.created_at
       FROM artifact_version v JOIN artifact a ON a.id = v.artifact_id
       WHERE a.namespace_id = $1 AND a.deleted_at IS NULL AND v.id <> a.current_version_id AND a.id IS DISTINCT FROM $4
       FOR UPDATE OF v SKIP LOCKED
     ), ranked AS (
       SELECT id, sum(size_bytes) OVER (ORDER BY same DESC, created_at, id) - size_bytes AS before FROM old
     )
     DELETE FROM artifact_version v USING ranked r WHERE r.id = v.id AND r.before < $3
     RETURNING v.blob_id AS "blobId", v.size_bytes::float8 AS "sizeBytes"`,
    [options.namespaceId, options.first, options.excessBytes, options.spared],
  );
  return letGo(client, rows);
}
