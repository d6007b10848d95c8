import { pool } from '#lib/db/pool.ts';

/** Turns go by namespace: the first of each, then the second of each; what runs is before all of them. */
const BEFORE = `
  WITH queue AS (
    SELECT id, created_at, state, CASE state WHEN 'running' THEN 0
      ELSE row_number() OVER (PARTITION BY namespace_id, state ORDER BY created_at, id) END AS turn
    FROM task WHERE ended_at IS NULL
  )
  SELECT count(*)::int AS before FROM queue, queue mine
  WHERE mine.id = $1 AND mine.state = 'waiting'
    AND (queue.turn, queue.created_at, queue.id) < (mine.turn, mine.created_at, mine.id)`;

/** How many tasks are done or begun before this one, as things stand; 0 for one that does not wait. */
export async function tasksBefore(id: string): Promise<number> {
  const { rows } = await pool().query<{ before: number }>({
    name: 'tasks-before',
    text: BEFORE,
    values: [id],
  });
  return rows[0]?.before ?? 0;
}
