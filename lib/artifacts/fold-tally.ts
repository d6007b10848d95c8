import { pool } from '#lib/db/pool.ts';

/** More rows than this are worth to be folded; a list sums so many in a few microseconds. */
const MAX_ROWS = 50;

/**
 * Folds the tally of each namespace that has grown long into one row for each type and visibility. In one statement,
 * so that every list sees the old rows or their sum; rows that are added meanwhile stay for the next time.
 */
export async function foldTally(): Promise<void> {
  await pool().query(
    `WITH long AS (
       SELECT namespace_id FROM artifact_tally GROUP BY 1 HAVING count(*) > $1
     ), old AS (
       DELETE FROM artifact_tally t USING long WHERE t.namespace_id = long.namespace_id
       RETURNING t.namespace_id, t.type, t.visibility, t.artifacts
     )
     INSERT INTO artifact_tally (namespace_id, type, visibility, artifacts)
     SELECT namespace_id, type, visibility, sum(artifacts) FROM old GROUP BY 1, 2, 3 HAVING sum(artifacts) <> 0`,
    [MAX_ROWS],
  );
}
