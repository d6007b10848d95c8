import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import type { Clock } from '#lib/clock.ts';
import { transaction } from '#lib/db/transaction.ts';
import { findOwnExecutor, goneMeanwhile } from '#lib/executors/find-own.ts';
import type { ExecutorRow } from '#lib/executors/row.ts';
import { announceChange } from '#lib/notices/outbox.ts';

interface VisibilityOptions {
  caller: Caller;
  /** An id or a name (contract 7.1). */
  id: string;
  visibility: 'public' | 'private';
  origin: Origin;
  clock: Clock;
}

/**
 * Changes who may see and pull an Executor.
 * @throws Fault `not-found`, `not-allowed`.
 */
export async function setExecutorVisibility(options: VisibilityOptions): Promise<ExecutorRow> {
  const { caller, visibility, origin, clock } = options;
  const row = await findOwnExecutor(caller, options.id);
  const updatedAt = clock.now();
  await transaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE executor SET visibility = $2::visibility, updated_at = $3 WHERE id = $1 AND deleted_at IS NULL`,
      [row.id, visibility, updatedAt],
    );
    if (rowCount !== 1) throw goneMeanwhile();
    await insertAudit(client, origin, {
      action: 'executor.update',
      target: row.name,
      detail: { id: row.id, visibility },
    });
  });
  announceChange(row.namespaceId, [row.id]);
  return { ...row, visibility, updatedAt };
}
