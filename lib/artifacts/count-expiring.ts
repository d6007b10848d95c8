import { pool } from '#lib/db/pool.ts';

/** How many artifacts of a namespace are over before a time; counted by index. */
export async function countExpiring(namespaceId: string, before: Date): Promise<number> {
  const { rows } = await pool().query<{ count: number }>({
    name: 'count-expiring',
    text: `SELECT count(*)::float8 AS count FROM artifact
      WHERE namespace_id = $1 AND expires_at < $2 AND deleted_at IS NULL`,
    values: [namespaceId, before],
  });
  return rows[0]?.count ?? 0;
}
