import { type Clock, DAY_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';

/** How long pulls are kept one by one, with who and from where. */
const KEPT_MS = 90 * DAY_MS;

/** Turns pull records older than 90 days into counts a day, version and client, without the person or the address. */
export async function foldDownloads(clock: Clock): Promise<void> {
  await pool().query(
    `WITH old AS (
       DELETE FROM download WHERE at < date_trunc('day', $1::timestamptz) RETURNING artifact_id, version_number, client, at
     )
     INSERT INTO download_day (artifact_id, version_number, client, day, count)
     SELECT artifact_id, version_number, client, (at AT TIME ZONE 'UTC')::date, count(*) FROM old
     GROUP BY 1, 2, 3, 4
     ON CONFLICT (artifact_id, version_number, client, day) DO UPDATE SET count = download_day.count + excluded.count`,
    [new Date(clock.now().getTime() - KEPT_MS)],
  );
}
