import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { doomBlobs } from '#lib/blobs/doom.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { announceChange, announceStop, announceTask } from '#lib/notices/outbox.ts';
import { insertEvents } from '#lib/tasks/events.ts';
import { findTask } from '#lib/tasks/find.ts';
import type { ClaimedTask, TaskFailure } from '#lib/tasks/task.ts';

type Ended = Pick<ClaimedTask, 'attempts' | 'createdAt' | 'blobId' | 'name'>;

const LOCK = `
  SELECT attempts, created_at AS "createdAt", blob_id AS "blobId", name
  FROM task WHERE id = $1 AND ended_at IS NULL FOR UPDATE`;

/** In a statement of its own: one that waited for the lock would not see what its worker told in the meantime. */
const LAST_NUMBER = 'SELECT coalesce(max(sn), 0)::int AS sn FROM task_event WHERE task_id = $1';

/** A higher number of attempts, so that its worker can neither tell nor end it any more. */
const END = `
  UPDATE task SET state = 'failed', failure = $2, attempts = attempts + 1, ended_at = now(), lease_until = NULL,
    input = '{}', sealed = NULL, blob_id = NULL
  WHERE id = $1`;

/**
 * Ends a task that waits or runs, as failed: nothing of it will be kept, and its worker stops at once.
 * @throws Fault `not-found` for one that the caller may not see, `not-allowed` when it is over already.
 */
export async function cancelTask(caller: Caller, id: string, origin: Origin): Promise<void> {
  const { namespaceId } = await findTask(caller, id);
  const failure: TaskFailure = { kind: 'not-allowed', message: `${caller.name} cancelled this push.` };
  await transaction(async (client) => {
    const { rows } = await client.query<Ended>(LOCK, [id]);
    const task = rows[0];
    if (!task) throw new Fault('not-allowed', 'This push is over already; there is nothing to cancel.');
    await client.query(END, [id, JSON.stringify(failure)]);
    const dtMs = Math.max(0, Date.now() - task.createdAt.getTime());
    const event = { type: 'error' as const, subject: 'createExecutor', message: failure.message };
    const { rows: last } = await client.query<{ sn: number }>(LAST_NUMBER, [id]);
    const sn = (last[0]?.sn ?? 0) + 1;
    await insertEvents(client, { id, attempts: task.attempts + 1 }, [{ sn, dtMs, event }]);
    await insertAudit(client, origin, {
      action: 'executor.cancel',
      target: task.name ?? undefined,
      detail: { task: id },
    });
    if (task.blobId) await doomBlobs(client, [task.blobId]);
  });
  announceStop(id);
  announceTask(id);
  announceChange(namespaceId, [id]);
}
