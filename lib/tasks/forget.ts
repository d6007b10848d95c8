import { DAY_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';

/** How long it can be read how a task went, with its log. */
const TASK_DAYS = 90;

/** Forgets tasks that ended long ago, and what was told of them. */
export async function forgetOldTasks(now: Date): Promise<void> {
  await pool().query('DELETE FROM task WHERE ended_at <= $1', [new Date(now.getTime() - TASK_DAYS * DAY_MS)]);
}
