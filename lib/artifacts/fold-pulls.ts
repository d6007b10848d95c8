import { pool } from '#lib/db/pool.ts';

/**
 * Adds what pulls have tallied to their artifacts, by which lists are sorted. In one statement, so that the sum is
 * right in every snapshot. An artifact that is being changed is left for the next time: waiting for several of them,
 * in whatever order, could be a deadlock with a deletion.
 */
export async function foldPulls(): Promise<void> {
  await pool().query(
    `WITH free AS (
       SELECT id FROM artifact WHERE id IN (SELECT artifact_id FROM pull_tally) FOR NO KEY UPDATE SKIP LOCKED
     ), old AS (
       DELETE FROM pull_tally t USING free WHERE t.artifact_id = free.id RETURNING t.artifact_id, t.pulls
     )
     UPDATE artifact a SET pulls = a.pulls + news.pulls
     FROM (SELECT artifact_id, sum(pulls) AS pulls FROM old GROUP BY 1) AS news WHERE a.id = news.artifact_id`,
  );
}
