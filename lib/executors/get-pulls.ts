import { type ClientPulls, firstDayOf, type Pulls, toPulls } from '#lib/artifacts/get-pulls.ts';
import type { Caller } from '#lib/auth/caller.ts';
import type { Clock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { findOwnExecutor } from '#lib/executors/find-own.ts';

const BY_CLIENT = {
  name: 'executor-pulls-by-client',
  text: `SELECT client, max(version) AS version, sum(count)::float8 AS count, max(last) AS last FROM (
      SELECT client, commit_number AS version, count, at AS last FROM executor_pull WHERE executor_id = $1
      UNION ALL
      SELECT client, commit_number, count, day::timestamp AT TIME ZONE 'UTC' FROM executor_pull_day
      WHERE executor_id = $1
    ) AS pulls GROUP BY client`,
};

const BY_DAY = {
  name: 'executor-pulls-by-day',
  text: `SELECT day::timestamp AT TIME ZONE 'UTC' AS day, sum(count)::float8 AS count FROM (
      SELECT (at AT TIME ZONE 'UTC')::date AS day, count FROM executor_pull
      WHERE executor_id = $1 AND at >= $2
      UNION ALL
      SELECT day, count FROM executor_pull_day
      WHERE executor_id = $1 AND day >= ($2::timestamptz AT TIME ZONE 'UTC')::date
    ) AS pulls GROUP BY day`,
};

interface PullsOptions {
  caller: Caller;
  id: string;
  clock: Clock;
}

/**
 * The pulls of an Executor of the caller's; a version is the number of a commit.
 * @throws Fault `not-found`, or `not-allowed` for a public one of somebody else.
 */
export async function getExecutorPulls({ caller, id, clock }: PullsOptions): Promise<Pulls> {
  const executor = await findOwnExecutor(caller, id);
  const firstDay = firstDayOf(clock);
  const [{ rows: byClient }, { rows: byDay }] = await Promise.all([
    pool().query<ClientPulls>({ ...BY_CLIENT, values: [executor.id] }),
    pool().query<{ day: Date; count: number }>({ ...BY_DAY, values: [executor.id, firstDay] }),
  ]);
  return toPulls(byClient, byDay, firstDay);
}
