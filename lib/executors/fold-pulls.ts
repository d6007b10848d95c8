import { type Clock, DAY_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';

/** How long pulls are kept one by one, with who and from where. */
const KEPT_MS = 90 * DAY_MS;

/**
 * Adds the pulls that are not counted yet to their Executors, by which lists are sorted. In one statement, so that the
 * sum is right in every snapshot. An Executor that is being changed is left for the next time: waiting for several of
 * them, in whatever order, could be a deadlock with a deletion.
 */
export async function countExecutorPulls(): Promise<void> {
  await pool().query(
    `WITH free AS (
       SELECT id FROM executor WHERE id IN (SELECT executor_id FROM executor_pull WHERE NOT is_counted)
       FOR NO KEY UPDATE SKIP LOCKED
     ), news AS (
       UPDATE executor_pull p SET is_counted = true FROM free WHERE p.executor_id = free.id AND NOT p.is_counted
       RETURNING p.executor_id, p.count
     )
     UPDATE executor e SET pulls = e.pulls + counted.pulls
     FROM (SELECT executor_id, sum(count) AS pulls FROM news GROUP BY 1) AS counted WHERE e.id = counted.executor_id`,
  );
}

/**
 * Turns records of pulls older than 90 days into counts a day, commit and client, without the person or the address. One
 * that is not counted yet stays for the next time.
 */
export async function foldExecutorPulls(clock: Clock): Promise<void> {
  await pool().query(
    `WITH old AS (
       DELETE FROM executor_pull WHERE at < date_trunc('day', $1::timestamptz) AND is_counted
       RETURNING executor_id, commit_number, client, at, count
     )
     INSERT INTO executor_pull_day (executor_id, commit_number, client, day, count)
     SELECT executor_id, commit_number, client, (at AT TIME ZONE 'UTC')::date, sum(count) FROM old GROUP BY 1, 2, 3, 4
     ON CONFLICT (executor_id, commit_number, client, day)
       DO UPDATE SET count = executor_pull_day.count + excluded.count`,
    [new Date(clock.now().getTime() - KEPT_MS)],
  );
}
