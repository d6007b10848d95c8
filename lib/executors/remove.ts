import type pg from 'pg';
import { creditNamespace } from '#lib/artifacts/usage.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault, isFault } from '#lib/errors.ts';
import { findOwnExecutor } from '#lib/executors/find-own.ts';
import type { ExecutorRow } from '#lib/executors/row.ts';
import { announceChange } from '#lib/notices/outbox.ts';

/** Ids in one `executor.deleteMany` or `executor.purge`. */
export const MAX_DELETE_MANY = 1_000;

interface Locked {
  id: string;
  namespaceId: string;
  namespace: string;
  name: string;
  bytes: number;
}

/** In the order of their ids, so that two removals cannot wait for each other. */
const LOCK = `
  SELECT e.id, e.namespace_id AS "namespaceId", n.slug AS namespace, e.name, e.size_bytes::float8 AS bytes
  FROM executor e JOIN namespace n ON n.id = e.namespace_id
  WHERE e.id = ANY($1) AND e.deleted_at IS NULL ORDER BY e.id FOR UPDATE OF e`;

/** By the clock of this moment, not of the transaction's start: seven days are promised from now. */
const TRASH = 'UPDATE executor SET deleted_at = clock_timestamp(), deleted_client = $2 WHERE id = ANY($1)';

/**
 * Moves Executors with all their commits and tags to the trash, inside the caller's transaction: at its commit they are
 * gone for every reader, their names are free and the quota has fallen.
 * @returns how many were removed.
 */
export async function removeExecutors(client: pg.ClientBase, ids: string[], origin: Origin): Promise<number> {
  const { rows } = await client.query<Locked>(LOCK, [ids]);
  if (rows.length === 0) return 0;
  await client.query(TRASH, [rows.map(({ id }) => id), origin.client]);
  for (const { id, name, namespace, bytes } of rows)
    await insertAudit(client, origin, {
      action: 'executor.delete',
      target: name,
      namespace,
      detail: { id, bytes },
    });
  // Last: it locks the usage's row.
  const byNamespace = Map.groupBy(rows, ({ namespaceId }) => namespaceId);
  for (const [namespaceId, removed] of [...byNamespace].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const bytes = removed.reduce((sum, one) => sum + one.bytes, 0);
    await creditNamespace(client, namespaceId, bytes, bytes);
  }
  return rows.length;
}

interface RemoveOptions {
  caller: Caller;
  origin: Origin;
}

/**
 * Moves one of the caller's Executors to the trash.
 * @returns what was deleted.
 * @throws Fault `not-found`, `not-allowed`.
 */
export async function deleteExecutor({
  caller,
  id,
  origin,
}: RemoveOptions & { id: string }): Promise<ExecutorRow> {
  const row = await findOwnExecutor(caller, id);
  const removed = await transaction((client) => removeExecutors(client, [row.id], origin));
  if (removed === 0) throw new Fault('not-found', 'The Executor is gone already.');
  announceChange(row.namespaceId, [row.id]);
  return row;
}

/**
 * Moves to the trash those of the named Executors that are there and the caller's own; the others are passed over in silence.
 * @returns how many were deleted.
 * @throws Fault `invalid` for more than 1,000 of them.
 */
export async function deleteExecutors(options: RemoveOptions & { ids: string[] }): Promise<number> {
  const { caller, origin } = options;
  if (options.ids.length > MAX_DELETE_MANY)
    throw new Fault('invalid', `Delete at most ${MAX_DELETE_MANY} Executors at a time.`);
  const ids = new Set<string>();
  for (const id of options.ids) {
    const row = await findOwnExecutor(caller, id).catch((error) => {
      if (isFault(error)) return null;
      throw error;
    });
    if (row) ids.add(row.id);
  }
  const removed = await transaction((client) => removeExecutors(client, [...ids], origin));
  announceChange(caller.namespaceId, [...ids]);
  return removed;
}
