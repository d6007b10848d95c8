import { SECOND_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { noticeBoard } from '#lib/notices/board.ts';
import { isStopping } from '#lib/stopping.ts';
import { SELECT_TASK, type TaskRow } from '#lib/tasks/find.ts';
import { tasksBefore } from '#lib/tasks/queue.ts';
import type { TaskEvent } from '#lib/tasks/task.ts';

/** How long a follower waits for a notice before it looks all the same; and how often it sees that the server stops. */
const LOOK_EVERY_MS = 3 * SECOND_MS;
/** So long the followers of a server that stops may still hear how the work ends, which may be its own. */
const STOP_MS = 20 * SECOND_MS;
/** Events that are read at once: a long log does not stand in memory as a whole. */
const BATCH = 500;

/** What a follower gets: the task as it is now, how many are before it while it waits, or something that was told of it. */
export type TaskNews =
  | { kind: 'state'; task: TaskRow }
  | { kind: 'queue'; task: TaskRow; before: number }
  | { kind: 'event'; event: TaskEvent };

async function readTask(id: string): Promise<TaskRow> {
  const { rows } = await pool().query<TaskRow>({
    name: 'task-by-id',
    text: `${SELECT_TASK} WHERE t.id = $1`,
    values: [id],
  });
  if (!rows[0]) throw new Fault('not-found', 'The task was deleted, with the account that it belonged to.');
  return rows[0];
}

async function readEvents(id: string, after: number): Promise<TaskEvent[]> {
  const { rows } = await pool().query<TaskEvent>({
    name: 'task-events',
    text: `SELECT sn, dt_ms AS "dtMs", event FROM task_event WHERE task_id = $1 AND sn > $2 ORDER BY sn LIMIT ${BATCH}`,
    values: [id, after],
  });
  return rows;
}

/** Wakes whoever waits when something was announced; what was announced while nobody waited counts as well. */
class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring = (): void => {
    this.#rung = true;
    this.#wake?.();
  };

  async wait(): Promise<void> {
    if (!this.#rung)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_EVERY_MS);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#wake = undefined;
    this.#rung = false;
  }
}

/** The highest number that was told so far. */
async function lastNumber(id: string): Promise<number> {
  const { rows } = await pool().query<{ sn: number | null }>(
    'SELECT max(sn) AS sn FROM task_event WHERE task_id = $1',
    [id],
  );
  return rows[0]?.sn ?? 0;
}

/**
 * Follows a task to its end, whichever process works on it: each event once and in order, the task whenever its state is
 * another one, and last the task as it ended.
 * @param replay from the first event on; else only what is told from now on.
 * @throws Fault `unavailable` when this server stops first, `not-found` when the task is deleted.
 */
export async function* followTask(
  id: string,
  { replay, signal }: { replay: boolean; signal: AbortSignal },
): AsyncGenerator<TaskNews> {
  const bell = new Bell();
  const unsubscribe = noticeBoard().subscribe(id, bell.ring);
  signal.addEventListener('abort', bell.ring);
  try {
    let after = replay ? 0 : await lastNumber(id);
    let state: string | undefined;
    let before = 0;
    let stoppingMs: number | undefined;
    while (!signal.aborted) {
      // The state first: what was told before the end was written before it, or with it.
      const task = await readTask(id);
      if (task.endedAt === null && task.state !== state) yield { kind: 'state', task };
      state = task.state;
      const ahead = state === 'waiting' ? await tasksBefore(id) : 0;
      if (ahead !== before && ahead > 0) yield { kind: 'queue', task, before: ahead };
      before = ahead;
      for (
        let events = await readEvents(id, after);
        events.length > 0;
        events = await readEvents(id, after)
      ) {
        for (const event of events) yield { kind: 'event', event };
        after = events.at(-1)?.sn ?? after;
        if (events.length < BATCH) break;
      }
      if (task.endedAt !== null) return yield { kind: 'state', task };
      if (isStopping()) stoppingMs ??= performance.now();
      if (stoppingMs !== undefined && performance.now() - stoppingMs > STOP_MS)
        throw new Fault(
          'unavailable',
          'The server restarts; the work goes on. Look at its status in a moment.',
        );
      await bell.wait();
    }
  } finally {
    unsubscribe();
  }
}
