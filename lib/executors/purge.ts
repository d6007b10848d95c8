import type pg from 'pg';
import { TRASH_DAYS } from '#lib/artifacts/trash.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { type Clock, DAY_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { destroyExecutors } from '#lib/executors/destroy.ts';
import { isExecutorId } from '#lib/executors/names.ts';
import { MAX_DELETE_MANY } from '#lib/executors/remove.ts';
import { log } from '#lib/log.ts';
import { announceChange } from '#lib/notices/outbox.ts';
import { nameLike } from '#lib/tokens/name-pattern.ts';

/** At most so many a run; the rest is there a minute later. */
const MAX_PURGED_A_RUN = 10_000;

interface PurgeOptions {
  ids: string[];
  origin: Origin;
  /** Leaves alone what is somebody else's. */
  namespaceId?: string;
  /** Leaves alone what the caller's token may not touch. */
  namePattern?: string | null;
  /** Leaves alone what was deleted later. */
  deletedBy?: Date;
}

/** In the order of their ids, as in lib/executors/remove.ts. What was restored while we waited is left out. */
const LOCK = `
  SELECT e.id, n.slug AS namespace, e.name, e.size_bytes::float8 AS bytes
  FROM executor e JOIN namespace n ON n.id = e.namespace_id
  WHERE e.id = ANY($1) AND e.deleted_at IS NOT NULL AND ($2::text IS NULL OR e.namespace_id = $2)
    AND ($3::timestamptz IS NULL OR e.deleted_at <= $3) AND ($4::text IS NULL OR e.name LIKE $4)
  ORDER BY e.id FOR UPDATE OF e`;

/**
 * Deletes for good, inside the caller's transaction, those that are in the trash. Nothing of them was in the books any
 * more, so the quota stays as it is.
 * @returns how many were deleted.
 */
export async function purgeExecutorsIn(client: pg.ClientBase, options: PurgeOptions): Promise<number> {
  const { ids, origin, namespaceId = null, namePattern = null, deletedBy = null } = options;
  const { rows } = await client.query<{ id: string; namespace: string; name: string; bytes: number }>(LOCK, [
    ids,
    namespaceId,
    deletedBy,
    nameLike(namePattern),
  ]);
  await destroyExecutors(
    client,
    rows.map(({ id }) => id),
  );
  for (const { id, name, namespace, bytes } of rows)
    await insertAudit(client, origin, {
      action: 'executor.purge',
      target: name,
      namespace,
      detail: { id, bytes },
    });
  return rows.length;
}

/**
 * Deletes those of the Executors for good that are in the caller's trash; the others are passed over in silence.
 * @returns how many were deleted.
 * @throws Fault `invalid` for more than 1,000 of them.
 */
export async function purgeExecutors({
  caller,
  ids,
  origin,
}: {
  caller: Caller;
  ids: string[];
  origin: Origin;
}): Promise<number> {
  if (ids.length > MAX_DELETE_MANY)
    throw new Fault('invalid', `Delete at most ${MAX_DELETE_MANY} Executors at a time.`);
  const { namespaceId, namePattern } = caller;
  const what = { ids: ids.filter(isExecutorId), origin, namespaceId, namePattern };
  const purged = await transaction((client) => purgeExecutorsIn(client, what));
  if (purged > 0) announceChange(namespaceId, what.ids);
  return purged;
}

/**
 * Deletes for good what has been in the trash for `TRASH_DAYS`, each in a transaction of its own: what its owner
 * restores in the meantime stays, and one that cannot be deleted keeps no other one.
 * @returns how many were deleted.
 */
export async function purgeExecutorTrash(clock: Clock, origin: Origin): Promise<number> {
  const deletedBy = new Date(clock.now().getTime() - TRASH_DAYS * DAY_MS);
  const { rows } = await pool().query<{ id: string }>(
    'SELECT id FROM executor WHERE deleted_at <= $1 ORDER BY deleted_at LIMIT $2',
    [deletedBy, MAX_PURGED_A_RUN],
  );
  let purged = 0;
  for (const { id } of rows) {
    try {
      purged += await transaction((client) => purgeExecutorsIn(client, { ids: [id], origin, deletedBy }));
    } catch (error) {
      log().error({ err: error, executor: id }, 'an Executor could not be removed from the trash');
    }
  }
  return purged;
}
