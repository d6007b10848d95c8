import type { Caller } from '#lib/auth/caller.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { pool } from '#lib/db/pool.ts';
import { SELECT_TASK, type TaskRow } from '#lib/tasks/find.ts';
import { nameLike } from '#lib/tokens/name-pattern.ts';

interface ListOptions {
  /** An Executor's name, with or without the caller's namespace, or its id; null: all. */
  executor: string | null;
  isNewestFirst: boolean;
  /** From 1. */
  pageIndex: number;
  pageSize: number;
}

/** The tasks of the caller's namespace, and what they pushed elsewhere, and how many there are in all; the oldest first unless asked otherwise. */
export async function listTasks(
  caller: Caller,
  options: ListOptions,
): Promise<{ tasks: TaskRow[]; total: number }> {
  const { isNewestFirst, pageIndex, pageSize } = options;
  const own = `${caller.name}/`;
  const wanted = options.executor?.startsWith(own) ? options.executor.slice(own.length) : options.executor;
  if (wanted !== null && !isKeepable(wanted)) return { tasks: [], total: 0 };
  const where = `(t.namespace_id = $1 OR t.user_id = $4) AND ($2::text IS NULL OR t.name = $2 OR t.executor_id = $2)
    AND ($3::text IS NULL OR t.name LIKE $3)`;
  const values = [caller.namespaceId, wanted, nameLike(caller.namePattern), caller.userId];
  const order = isNewestFirst ? 'DESC' : 'ASC';
  const [page, count] = await Promise.all([
    pool().query<TaskRow>(
      `${SELECT_TASK} WHERE ${where} ORDER BY t.created_at ${order}, t.id ${order} LIMIT $5 OFFSET $6`,
      [...values, pageSize, (pageIndex - 1) * pageSize],
    ),
    pool().query<{ total: number }>(`SELECT count(*)::int AS total FROM task t WHERE ${where}`, values),
  ]);
  return { tasks: page.rows, total: count.rows[0]?.total ?? 0 };
}
