import type pg from 'pg';
import { newId } from '#lib/ids.ts';
import type { NewImage } from '#lib/images/image.ts';
import { repositoryOf } from '#lib/registry/reference.ts';

/** What of the layers no other image of this Executor has: each is charged once. */
const GROWTH = `
  SELECT coalesce(sum(size_bytes), 0)::float8 AS bytes FROM (
    SELECT DISTINCT layer->>'digest' AS digest, (layer->>'sizeBytes')::bigint AS size_bytes
    FROM jsonb_array_elements($2::jsonb) AS layer
  ) AS added
  WHERE digest NOT IN (
    SELECT layer->>'digest' FROM executor_image i, jsonb_array_elements(i.layers) AS layer WHERE i.executor_id = $1)`;

const INSERT = `
  INSERT INTO executor_image (id, executor_id, commit_id, tag, digest, platform, jina_version, size_bytes, layers, bom,
    task_id, build_ms)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING coalesce(octet_length(bom::text), 0) AS "bomBytes"`;

interface ImageOf {
  executorId: string;
  commitId: string;
  taskId: string;
}

/**
 * Writes the row of an image inside the transaction that ends its task. The Executor's row must be locked.
 * @returns by how many bytes the Executor grows; the quota is the caller's business.
 */
export async function insertImage(
  client: pg.ClientBase,
  { executorId, commitId, taskId }: ImageOf,
  image: NewImage,
): Promise<number> {
  const layers = JSON.stringify(image.layers);
  const { rows } = await client.query<{ bytes: number }>(GROWTH, [executorId, layers]);
  const inserted = await client.query<{ bomBytes: number }>(INSERT, [
    newId(),
    executorId,
    commitId,
    image.tag,
    image.digest,
    image.platform,
    image.jinaVersion,
    image.layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    layers,
    image.bom && JSON.stringify(image.bom),
    taskId,
    image.buildMs,
  ]);
  // The same bytes as of an image that was deleted a moment ago.
  await client.query('DELETE FROM doomed_manifest WHERE repository = $1 AND digest = $2', [
    repositoryOf(executorId),
    image.digest,
  ]);
  return (rows[0]?.bytes ?? 0) + (inserted.rows[0]?.bomBytes ?? 0);
}
