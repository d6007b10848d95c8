import { type Clock, DAY_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';

/** Notes in the row `key` of `setting` that something was done now. */
export async function noteDone(key: string, clock: Clock): Promise<void> {
  await pool().query(
    'INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    [key, clock.now().toISOString()],
  );
}

/** Whether it was last noted as done more than a day ago, or never. */
export async function isDue(key: string, clock: Clock): Promise<boolean> {
  const { rows } = await pool().query<{ value: string }>('SELECT value FROM setting WHERE key = $1', [key]);
  const last = Date.parse(rows[0]?.value ?? '');
  return Number.isNaN(last) || last + DAY_MS <= clock.now().getTime();
}
