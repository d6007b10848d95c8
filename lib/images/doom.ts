import type pg from 'pg';
import { doomManifests, type StoredManifest } from '#lib/registry/doomed.ts';

/** Has the registry forget the images of Executors, and what signs them, that are destroyed in this transaction, some time after its commit. */
export async function doomImages(client: pg.ClientBase, executorIds: string[]): Promise<void> {
  const { rows } = await client.query<StoredManifest>(
    `SELECT 'jinahub/' || executor_id AS repository, digest FROM executor_image
     WHERE executor_id = ANY($1)
     UNION SELECT 'jinahub/' || executor_id, manifest_digest FROM executor_image_signature WHERE executor_id = ANY($1)
     ORDER BY 1, 2`,
    [executorIds],
  );
  await doomManifests(client, rows);
}
