import type { Origin } from '#lib/audit/record.ts';
import { doomBlobs } from '#lib/blobs/doom.ts';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { purgeExecutorsIn } from '#lib/executors/purge.ts';
import { removeExecutors } from '#lib/executors/remove.ts';
import { announceChange } from '#lib/notices/outbox.ts';

/** Executors in one transaction: few enough that nobody waits long for their locks. */
const BATCH = 100;

/** What was asked for and is under way ends with its row: a worker that finds none stores nothing. */
async function destroyTasks(namespaceId: string): Promise<void> {
  await transaction(async (client) => {
    const { rows } = await client.query<{ blobId: string | null }>(
      'DELETE FROM task WHERE namespace_id = $1 RETURNING blob_id AS "blobId"',
      [namespaceId],
    );
    await doomBlobs(
      client,
      rows.flatMap(({ blobId }) => blobId ?? []),
    );
  });
}

/**
 * Deletes for good all Executors of a namespace, live and in the trash, and all pushes of them that are known; the bytes
 * go with the next sweep and the books are right after each batch.
 */
export async function destroyNamespaceExecutors(namespaceId: string, origin: Origin): Promise<void> {
  await destroyTasks(namespaceId);
  for (;;) {
    const { rows } = await pool().query<{ id: string }>(
      'SELECT id FROM executor WHERE namespace_id = $1 LIMIT $2',
      [namespaceId, BATCH],
    );
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    await transaction(async (client) => {
      await removeExecutors(client, ids, origin);
      await purgeExecutorsIn(client, { ids, namespaceId, origin });
    });
    announceChange(namespaceId, ids);
  }
}
