import type { Caller } from '#lib/auth/caller.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { isId } from '#lib/ids.ts';
import type { TaskFailure, TaskState } from '#lib/tasks/task.ts';
import { matchesName } from '#lib/tokens/name-pattern.ts';

/** A task as whoever asked for it sees it. */
export interface TaskRow {
  id: string;
  kind: string;
  namespaceId: string;
  userId: string | null;
  executorId: string | null;
  name: string | null;
  state: TaskState;
  result: object | null;
  failure: TaskFailure | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** `SELECT … FROM …` of a `TaskRow`; add the `WHERE`. */
export const SELECT_TASK = `SELECT t.id, t.kind, t.namespace_id AS "namespaceId", t.user_id AS "userId",
    t.executor_id AS "executorId", t.name, t.state, t.result, t.failure, t.created_at AS "createdAt",
    t.started_at AS "startedAt", t.ended_at AS "endedAt"
  FROM task t`;

/** Whether the caller may see a task: they asked for it, or its result is theirs; within their token's name pattern. */
function seesTask(caller: Caller, task: TaskRow): boolean {
  const isTheirs = task.namespaceId === caller.namespaceId || task.userId === caller.userId;
  // Whose package says its name has none yet, and none at all when it could not be read.
  return isTheirs && (task.name === null || matchesName(caller.namePattern, task.name));
}

/** @throws Fault `not-found` for a task that is not there or that the caller may not see. */
export async function findTask(caller: Caller, id: string): Promise<TaskRow> {
  const { rows } = isId(id)
    ? await pool().query<TaskRow>({
        name: 'task-by-id',
        text: `${SELECT_TASK} WHERE t.id = $1`,
        values: [id],
      })
    : { rows: [] };
  const task = rows[0];
  if (task && seesTask(caller, task)) return task;
  throw new Fault('not-found', 'There is no task of this id that you may see. Check the id, or list yours.');
}
