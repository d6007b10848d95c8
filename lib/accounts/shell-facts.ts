import { pool } from '#lib/db/pool.ts';

/** What each page says of the account besides its names; apart from them, so that no call of the API waits for it. */
export interface ShellFacts {
  /** When it is deleted, if its person asked for that. */
  deleteAt: Date | null;
  /** The SHA-256 of its picture, hexadecimal. */
  avatar: string | null;
}

/** Reads them by one indexed statement. */
export async function shellFacts(userId: string): Promise<ShellFacts> {
  const { rows } = await pool().query<ShellFacts>({
    name: 'shell-facts',
    text: `SELECT u.delete_at AS "deleteAt", a.sha256 AS avatar FROM app_user u
      LEFT JOIN avatar a ON a.user_id = u.id WHERE u.id = $1`,
    values: [userId],
  });
  return rows[0] ?? { deleteAt: null, avatar: null };
}
