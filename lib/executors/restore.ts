import type pg from 'pg';
import { asNameTaken } from '#lib/artifacts/name-taken.ts';
import { chargeRestored } from '#lib/artifacts/usage.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { isExecutorId } from '#lib/executors/names.ts';
import { type ExecutorRow, SELECT_EXECUTOR } from '#lib/executors/row.ts';
import { announceChange } from '#lib/notices/outbox.ts';
import { matchesName } from '#lib/tokens/name-pattern.ts';

interface RestoreOptions {
  caller: Caller;
  id: string;
  origin: Origin;
}

/** A purge or another restore may have come first: then there is no such row once we have its lock. */
async function lockTrashed(client: pg.ClientBase, { caller, id }: RestoreOptions) {
  const { rows } = await client.query<{ name: string; bytes: number }>(
    `SELECT name, size_bytes::float8 AS bytes FROM executor
     WHERE id = $1 AND namespace_id = $2 AND deleted_at IS NOT NULL FOR UPDATE`,
    [id, caller.namespaceId],
  );
  if (rows[0] && matchesName(caller.namePattern, rows[0].name)) return rows[0];
  throw new Fault('not-found', 'There is no Executor of this id in your trash. It may be gone for good.');
}

/** Its name for everybody was nobody else's meanwhile. */
const RESTORE = 'UPDATE executor SET deleted_at = NULL, deleted_client = NULL WHERE id = $1';

async function restore(client: pg.ClientBase, options: RestoreOptions): Promise<ExecutorRow> {
  const { caller, id, origin } = options;
  const { name, bytes } = await lockTrashed(client, options);
  await client.query(RESTORE, [id]).catch((error) => {
    throw asNameTaken(
      error,
      `Another of your Executors is called ${name} by now. Delete that one first, then restore this one.`,
    );
  });
  await insertAudit(client, origin, {
    action: 'executor.restore',
    target: name,
    namespace: caller.name,
    detail: { id, bytes },
  });
  // Last: it locks the usage's row.
  await chargeRestored(client, { namespaceId: caller.namespaceId, bytes, currentBytes: bytes });
  const { rows } = await client.query<ExecutorRow>(`${SELECT_EXECUTOR} WHERE e.id = $1`, [id]);
  if (!rows[0]) throw new Error(`Executor ${id} vanished inside its transaction`);
  return rows[0];
}

/**
 * Brings an Executor back from the caller's trash, with all its commits and tags. It counts against the quota again.
 * Its name stands in its package, so it comes back under that one or not at all.
 * @throws Fault `not-found`, `name-taken` when its name is taken again, `over-quota` when it does not fit any more.
 */
export async function restoreExecutor(options: RestoreOptions): Promise<ExecutorRow> {
  if (!isExecutorId(options.id))
    throw new Fault('not-found', 'There is no Executor of this id in your trash. It may be gone for good.');
  const row = await transaction((client) => restore(client, options));
  announceChange(row.namespaceId, [row.id]);
  return row;
}
