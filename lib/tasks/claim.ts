import { pool } from '#lib/db/pool.ts';
import { type ClaimedTask, TASK_LEASE_SECONDS } from '#lib/tasks/task.ts';

const LEASE = `now() + interval '${TASK_LEASE_SECONDS} seconds'`;

/** Pushes of one name are one after the other, or an old one that takes long would end as the newest commit. */
const NONE_BEFORE = `
  NOT EXISTS (
    SELECT FROM task earlier WHERE earlier.ended_at IS NULL AND earlier.namespace_id = task.namespace_id
      AND earlier.name = task.name AND (earlier.created_at, earlier.id) < (task.created_at, task.id))`;

/** Of namespaces for which nobody works now; among them of the one that was served longest ago. */
const BY_TURN = `
  EXISTS (SELECT FROM task busy WHERE busy.namespace_id = task.namespace_id AND busy.lease_until >= now()),
  (SELECT max(started_at) FROM task served WHERE served.namespace_id = task.namespace_id) NULLS FIRST, created_at, id`;

/**
 * Takes a task that waits, or whose worker has died, for this process: by namespace in turns, and the oldest first in each. No
 * two processes get the same one.
 * @param id of the only task that is wanted.
 * @returns null when there is nothing to do.
 */
export async function claimTask(id: string | null = null): Promise<ClaimedTask | null> {
  const { rows } = await pool().query<ClaimedTask>(
    `UPDATE task SET state = 'running', lease_until = ${LEASE}, attempts = attempts + 1,
       started_at = coalesce(started_at, now())
     WHERE id = (
       SELECT id FROM task WHERE ended_at IS NULL AND (state = 'waiting' OR lease_until < now())
         AND ($1::text IS NULL OR id = $1) AND ${NONE_BEFORE}
       ORDER BY ${BY_TURN} LIMIT 1 FOR UPDATE SKIP LOCKED)
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
