import { pool } from '#lib/db/pool.ts';

/** More rows than this of one keyword are worth to be folded. */
const MAX_ROWS = 10;

/** Folds the tally of the Hub into one row for each keyword that has grown long, in one statement, as lists see it. */
export async function foldHubTally(): Promise<void> {
  await pool().query(
    `WITH long AS (
       SELECT keyword FROM hub_tally GROUP BY 1 HAVING count(*) > $1 OR sum(executors) = 0
     ), old AS (
       DELETE FROM hub_tally t USING long WHERE t.keyword = long.keyword RETURNING t.keyword, t.executors
     )
     INSERT INTO hub_tally (keyword, executors)
     SELECT keyword, sum(executors) FROM old GROUP BY 1 HAVING sum(executors) <> 0`,
    [MAX_ROWS],
  );
}
