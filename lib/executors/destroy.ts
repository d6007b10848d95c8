import type pg from 'pg';
import { doomBlobs } from '#lib/blobs/doom.ts';
import { doomImages } from '#lib/images/doom.ts';

/**
 * Deletes Executors, whose rows must be locked, with all their commits, tags, records of pulls and finished pushes; the
 * bytes go with the next sweep. The quota is the caller's business.
 */
export async function destroyExecutors(client: pg.ClientBase, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await doomImages(client, ids);
  await client.query('DELETE FROM executor_tag WHERE executor_id = ANY($1)', [ids]);
  const { rows } = await client.query<{ blobId: string }>(
    'DELETE FROM executor_commit WHERE executor_id = ANY($1) RETURNING blob_id AS "blobId"',
    [ids],
  );
  await client.query('DELETE FROM task WHERE executor_id = ANY($1) AND ended_at IS NOT NULL', [ids]);
  await client.query('DELETE FROM executor WHERE id = ANY($1)', [ids]);
  await doomBlobs(
    client,
    rows.map(({ blobId }) => blobId),
  );
}
