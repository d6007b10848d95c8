import type { Clock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';

/** A clock that stands at the database's own time: what several machines write and compare must not hang on theirs. */
export async function databaseClock(): Promise<Clock> {
  const { rows } = await pool().query<{ now: Date }>('SELECT now()');
  const now = rows[0]?.now ?? new Date();
  return { now: () => now };
}
