import type { ArtifactRow } from '#lib/artifacts/row.ts';
import { blobStore } from '#lib/blobs/store.ts';
import { pool } from '#lib/db/pool.ts';

/** The counters of a namespace, and what its rows add up to, without the trash; all in bytes but the last. */
export interface Books {
  usedBytes: number;
  currentBytes: number;
  versionBytes: number;
  liveBytes: number;
  /** Those of the trash too. */
  blobs: number;
}

/** All commits of a live Executor count, as what is current does. */
const PACKAGES = `SELECT coalesce(sum(c.size_bytes), 0) FROM executor_commit c JOIN executor e ON e.id = c.executor_id
  WHERE e.namespace_id = n.id AND e.deleted_at IS NULL`;

/** Of each live Executor's images each layer once, and each list of what is installed. */
const IMAGES = `SELECT coalesce(sum(bytes), 0) FROM (
    SELECT DISTINCT i.executor_id, layer->>'digest' AS what, (layer->>'sizeBytes')::bigint AS bytes
    FROM executor_image i, jsonb_array_elements(i.layers) AS layer
    UNION SELECT executor_id, id, octet_length(bom::text) FROM executor_image
  ) AS parts JOIN executor e ON e.id = executor_id WHERE e.namespace_id = n.id AND e.deleted_at IS NULL`;

/** Reads them, of a user or of any namespace. */
export async function books({ caller }: { caller: { namespaceId: string } }): Promise<Books> {
  const { rows } = await pool().query<Books>(
    `SELECT u.used_bytes::float8 AS "usedBytes", u.current_bytes::float8 AS "currentBytes",
      ((SELECT coalesce(sum(v.size_bytes), 0) FROM artifact_version v JOIN artifact a ON a.id = v.artifact_id
        WHERE a.namespace_id = n.id AND a.deleted_at IS NULL) + (${PACKAGES}) + (${IMAGES}))::float8 AS "versionBytes",
      ((SELECT coalesce(sum(size_bytes), 0) FROM artifact
        WHERE namespace_id = n.id AND deleted_at IS NULL) + (${PACKAGES}) + (${IMAGES}))::float8 AS "liveBytes",
      (SELECT count(*) FROM blob WHERE namespace_id = n.id)::int AS blobs
     FROM namespace n JOIN namespace_usage u ON u.namespace_id = n.id WHERE n.id = $1`,
    [caller.namespaceId],
  );
  const [row] = rows;
  if (!row) throw new Error('no such namespace');
  return row;
}

/** The numbers of an artifact's versions, the oldest first. */
export async function versionNumbers(artifactId: string): Promise<number[]> {
  const { rows } = await pool().query<{ number: number }>(
    'SELECT number FROM artifact_version WHERE artifact_id = $1 ORDER BY number',
    [artifactId],
  );
  return rows.map((row) => row.number);
}

/** The bytes of an artifact, from the store. */
export async function readAll(row: ArtifactRow): Promise<Buffer> {
  return Buffer.concat(await (await blobStore(row.store).read(row.blobId, 0, row.sizeBytes - 1)).toArray());
}
