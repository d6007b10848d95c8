import { pool } from '#lib/db/pool.ts';
import { type ClaimedTask, TASK_LEASE_SECONDS } from '#lib/tasks/task.ts';

const LEASE = `now() + interval '${TASK_LEASE_SECONDS} seconds'`;

/**
 * Takes a task that waits, or whose worker has died, for this process: the oldest one of a namespace for which nobody works
 * now, else the oldest. No two processes get the same one.
 * @param id of the only task that is wanted.
 * @returns null when there is nothing to do.
 */
export async function claimTask(id: string | null = null): Promise<ClaimedTask | null> {
  const { rows } = await pool().query<ClaimedTask>(
    `UPDATE task SET state = 'running', lease_until = ${LEASE}, attempts = attempts + 1,
       started_at = coalesce(started_at, now())
     WHERE id = (
       SELECT id FROM task WHERE ended_at IS NULL AND (state = 'waiting' OR lease_until < now())
         AND ($1::text IS NULL OR id = $1)
       ORDER BY EXISTS (SELECT FROM task busy WHERE busy.namespace_id = task.namespace_id AND busy.lease_until >= now()),
         created_at, id
       LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, kind, namespace_id AS "namespaceId", user_id AS "userId", executor_id AS "executorId", name, input,
       sealed, blob_id AS "blobId", request_id AS "requestId", attempts, created_at AS "createdAt"`,
    [id],
  );
  return rows[0] ?? null;
}

/** Says that the worker of a task lives. @returns false when the task is not this worker's any more. */
export async function renewTask({ id, attempts }: ClaimedTask): Promise<boolean> {
  const { rowCount } = await pool().query({
    name: 'renew-task',
    text: `UPDATE task SET lease_until = ${LEASE} WHERE id = $1 AND state = 'running' AND attempts = $2`,
    values: [id, attempts],
  });
  return rowCount === 1;
}

/** Gives a task back that this process cannot end, since it stops. The attempt counts: its number is never given again. */
export async function giveBackTask({ id, attempts }: ClaimedTask): Promise<void> {
  await pool().query(
    `UPDATE task SET state = 'waiting', lease_until = NULL WHERE id = $1 AND state = 'running' AND attempts = $2`,
    [id, attempts],
  );
}
