import { pool } from '#lib/db/pool.ts';

/** Turns go by namespace: the first of each, then the second of each. */
const BEFORE = `
  WITH queue AS (
    SELECT id, created_at, row_number() OVER (PARTITION BY namespace_id ORDER BY created_at, id) AS turn
    FROM task WHERE ended_at IS NULL AND state = 'waiting'
  )
  SELECT count(*)::int AS before FROM queue, queue mine
  WHERE mine.id = $1 AND (queue.turn, queue.created_at, queue.id) < (mine.turn, mine.created_at, mine.id)`;

/** How many tasks will be begun before this one, as things stand; 0 for one that does not wait. */
export async function tasksBefore(id: string): Promise<number> {
  const { rows } = await pool().query<{ before: number }>({
    name: 'tasks-before',
    text: BEFORE,
    values: [id],
  });
  return rows[0]?.before ?? 0;
}
