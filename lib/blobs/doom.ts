import type pg from 'pg';

/**
 * Marks blobs for removal, inside the transaction that let go of them. A blob that a version, a commit of an Executor or
 * a task still points at is left alone, whatever the caller believed. The time is that of this statement, not of the transaction's start:
 * links were given out until now.
 */
export async function doomBlobs(client: pg.ClientBase, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await client.query({
    name: 'doom-blobs',
    text: `UPDATE blob b SET state = 'doomed', doomed_at = clock_timestamp()
           WHERE b.id = ANY($1) AND b.state = 'committed'
             AND NOT EXISTS (SELECT 1 FROM artifact_version v WHERE v.blob_id = b.id)
             AND NOT EXISTS (SELECT 1 FROM executor_commit c WHERE c.blob_id = b.id)
             AND NOT EXISTS (SELECT 1 FROM task t WHERE t.blob_id = b.id)`,
    values: [ids],
  });
}
