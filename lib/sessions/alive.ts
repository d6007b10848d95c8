import { pool } from '#lib/db/pool.ts';

/** Which of these sessions still count. Unlike a sign-in it leaves no trace: it is asked for pages that nobody touches. */
export async function aliveSessions(ids: string[]): Promise<Set<string>> {
  const { rows } = await pool().query<{ id: string }>({
    name: 'alive-sessions',
    text: `SELECT s.id FROM session s JOIN app_user u ON u.id = s.user_id
      WHERE s.id = ANY($1) AND s.expires_at > now() AND u.disabled_at IS NULL`,
    values: [ids],
  });
  return new Set(rows.map(({ id }) => id));
}
