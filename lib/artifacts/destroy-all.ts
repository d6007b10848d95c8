import { purgeIn } from '#lib/artifacts/purge.ts';
import { removeArtifacts } from '#lib/artifacts/remove.ts';
import type { Origin } from '#lib/audit/record.ts';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { announceChange } from '#lib/notices/outbox.ts';

/** Live artifacts in one transaction, and as many from the trash: few enough that nobody waits long for their locks. */
const BATCH = 100;

/** Live ones and those in the trash each have indexes of their own. */
const SOME = `
  (SELECT id FROM artifact WHERE namespace_id = $1 AND deleted_at IS NULL LIMIT $2)
  UNION ALL (SELECT id FROM artifact WHERE namespace_id = $1 AND deleted_at IS NOT NULL LIMIT $2)`;

/**
 * Deletes for good all that a namespace has, live and in the trash, with every version; the bytes go with the next sweep
 * and the books are right after each batch.
 */
export async function destroyNamespaceArtifacts(namespaceId: string, origin: Origin): Promise<void> {
  for (;;) {
    const { rows } = await pool().query<{ id: string }>(SOME, [namespaceId, BATCH]);
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    const removals = ids.map((id) => ({ id, name: null }));
    await transaction(async (client) => {
      await removeArtifacts(client, { removals, cause: 'owner', origin });
      await purgeIn(client, { ids, namespaceId, origin });
    });
    announceChange(namespaceId, ids);
  }
}
