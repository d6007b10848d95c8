import type pg from 'pg';
import { doomBlobs } from '#lib/blobs/doom.ts';
import { Fault } from '#lib/errors.ts';
import { announceChange, announceTask, flushChanges } from '#lib/notices/outbox.ts';
import { insertEvents } from '#lib/tasks/events.ts';
import type { ClaimedTask, TaskEvent, TaskFailure } from '#lib/tasks/task.ts';

/** How a task ended: its result, which clients get, or why it failed. */
export type TaskEnd = { result: object } | { failure: TaskFailure };

/** The worker was taken for dead and another one has the task, or somebody deleted what it was for. */
function taskLost(): Fault {
  return new Fault('unavailable', 'Another worker has taken this push over. Look at its status.');
}

/**
 * Ends a task inside the transaction of what it did, with the last thing that is told of it; what was asked for goes, with its
 * secrets and the bytes that it read.
 * @throws Fault `unavailable` when the task is not this worker's any more: nothing of the transaction may stay.
 */
export async function endTask(
  client: pg.ClientBase,
  task: ClaimedTask,
  end: TaskEnd & { executorId?: string; name?: string },
  events: TaskEvent[],
): Promise<void> {
  const hasFailed = 'failure' in end;
  const { rowCount } = await client.query({
    name: 'end-task',
    text: `UPDATE task SET state = $3, result = $4, failure = $5, executor_id = coalesce($6, executor_id),
        name = coalesce($7, name), ended_at = now(), lease_until = NULL, input = '{}', sealed = NULL, blob_id = NULL
      WHERE id = $1 AND state = 'running' AND attempts = $2`,
    values: [
      task.id,
      task.attempts,
      hasFailed ? 'failed' : 'succeeded',
      hasFailed ? null : JSON.stringify(end.result),
      hasFailed ? JSON.stringify(end.failure) : null,
      end.executorId ?? null,
      end.name ?? null,
    ],
  });
  if (rowCount === 0) throw taskLost();
  await insertEvents(client, task, events);
  if (task.blobId) await doomBlobs(client, [task.blobId]);
}

/** Tells whoever follows a task that it has ended: as soon as that is on record, whatever its worker tidies up then. */
export async function announceEnd({ id, namespaceId }: ClaimedTask): Promise<void> {
  announceTask(id);
  announceChange(namespaceId, [id]);
  await flushChanges();
}
