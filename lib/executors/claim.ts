import type pg from 'pg';
import { Fault } from '#lib/errors.ts';
import { isExecutorId } from '#lib/executors/names.ts';
import type { PushOrder } from '#lib/executors/push-order.ts';

/** The Executor's row as the transaction found or made it; locked until the commit. */
export interface ClaimedExecutor {
  id: string;
  name: string;
  visibility: 'public' | 'private';
  isNew: boolean;
}

interface ClaimOptions {
  order: PushOrder;
  namespaceId: string;
  name: string;
  /** Of the Executor, if it has to be made. */
  executorId: string;
  commitId: string;
}

const CLAIMED = 'id, name, visibility';

async function lockById(client: pg.ClientBase, id: string): Promise<ClaimedExecutor> {
  const { rows } = await client.query<Omit<ClaimedExecutor, 'isNew'>>(
    `SELECT ${CLAIMED} FROM executor WHERE id = $1 AND deleted_at IS NULL FOR UPDATE`,
    [id],
  );
  if (rows[0]) return { ...rows[0], isNew: false };
  throw new Fault('not-found', 'The Executor was deleted while you pushed. Push again to make it anew.');
}

/** A new one is public unless the push says otherwise (contract 7.2); its name is everybody's when it has a secret. */
async function upsert(client: pg.ClientBase, options: ClaimOptions): Promise<ClaimedExecutor> {
  const { order, namespaceId, name, executorId, commitId } = options;
  const { rows } = await client.query<ClaimedExecutor>(
    `INSERT INTO executor (id, namespace_id, name, legacy_name, visibility, current_commit_id, size_bytes)
     VALUES ($1, $2, $3, $4, $5, $6, 0)
     ON CONFLICT (namespace_id, name) WHERE deleted_at IS NULL DO UPDATE SET updated_at = now()
     RETURNING (xmax = 0) AS "isNew", ${CLAIMED}`,
    [
      executorId,
      namespaceId,
      name,
      order.isEverybodys && !isExecutorId(name) ? name : null,
      order.visibility ?? 'public',
      // A new Executor points at its commit already.
      commitId,
    ],
  );
  if (!rows[0]) throw new Error('an upsert gave no row');
  return rows[0];
}

/** The error for a name that another Executor has for everybody. */
export function nameTaken(cause?: unknown): Fault {
  return new Fault(
    'name-taken',
    'Another Executor has this name for everybody, without a namespace. Choose a different name, or push without a secret.',
    { cause },
  );
}

/** A name for everybody stays with its Executor while that is in the trash; its owner alone may give it to another one. */
async function releaseName(client: pg.ClientBase, namespaceId: string, name: string): Promise<void> {
  await client.query(
    'UPDATE executor SET legacy_name = NULL WHERE legacy_name = $1 AND namespace_id = $2 AND deleted_at IS NOT NULL',
    [name, namespaceId],
  );
}

/** Who gives a secret to what was there makes its name everybody's, unless somebody was first: then it opens by its id. */
async function shareName(client: pg.ClientBase, id: string, name: string): Promise<void> {
  await client.query(
    `UPDATE executor SET legacy_name = $2 WHERE id = $1 AND legacy_name IS NULL
       AND NOT EXISTS (SELECT FROM executor WHERE legacy_name = $2)`,
    [id, name],
  );
}

/**
 * Finds or makes the Executor that a push goes to, and locks its row until the commit.
 * @throws Fault `not-found` when one that was chosen before is gone; a unique violation for a name that another one has for
 *   everybody (`asExecutorNameTaken`).
 */
export async function claimExecutor(client: pg.ClientBase, options: ClaimOptions): Promise<ClaimedExecutor> {
  const { order, namespaceId, name } = options;
  if (order.isEverybodys && order.targetId === null) await releaseName(client, namespaceId, name);
  const claimed =
    order.targetId === null ? await upsert(client, options) : await lockById(client, order.targetId);
  // What is nobody's is replaced by its secret alone, which would have said which one it is.
  if (!claimed.isNew && order.targetId === null && order.actor.caller === null) throw nameTaken();
  if (!claimed.isNew && order.isEverybodys && !isExecutorId(claimed.name))
    await shareName(client, claimed.id, claimed.name);
  return claimed;
}
