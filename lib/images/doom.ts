import type pg from 'pg';

/** Has the registry forget the images of Executors that are destroyed in this transaction, some time after its commit. */
export async function doomImages(client: pg.ClientBase, executorIds: string[]): Promise<void> {
  await client.query(
    `INSERT INTO doomed_manifest (repository, digest)
     SELECT DISTINCT 'jinahub/' || executor_id, digest FROM executor_image WHERE executor_id = ANY($1)
     ON CONFLICT DO NOTHING`,
    [executorIds],
  );
}
