import { blobStore } from '#lib/blobs/store.ts';
import { type Clock, SECOND_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';

const BATCH = 500;

/**
 * Takes over uploads whose writer has not renewed its lease. A writer that still lives finds its row gone at
 * the commit, and fails.
 * @returns how many were taken.
 */
async function doomAbandoned(now: Date): Promise<number> {
  const { rowCount } = await pool().query(
    `UPDATE blob SET state = 'doomed', doomed_at = '-infinity' WHERE state = 'provisional' AND lease_until < $1`,
    [now],
  );
  return rowCount ?? 0;
}

async function removeBlob({ id, store }: { id: string; store: string }): Promise<boolean> {
  try {
    await blobStore(store).delete(id);
    await pool().query(`DELETE FROM blob WHERE id = $1 AND state = 'doomed'`, [id]);
    return true;
  } catch (error) {
    log().error({ err: error, blob: id }, 'a blob could not be removed');
    return false;
  }
}

/**
 * Removes bytes, then rows, of blobs that no download link can name any more. One that cannot be removed keeps no
 * other one, and is tried again by the next sweep.
 */
async function removeDoomed(now: Date): Promise<number> {
  const cutoff = new Date(now.getTime() - env().URL_TTL_SECONDS * SECOND_MS);
  let removed = 0;
  for (let after = ''; ; ) {
    const { rows } = await pool().query<{ id: string; store: string }>(
      `SELECT id, store FROM blob WHERE state = 'doomed' AND doomed_at <= $1 AND id > $2 ORDER BY id LIMIT $3`,
      [cutoff, after, BATCH],
    );
    for (const row of rows) if (await removeBlob(row)) removed += 1;
    if (rows.length < BATCH) return removed;
    after = rows.at(-1)?.id ?? after;
  }
}

/** What a sweep did. */
export interface SweepResult {
  abandonedUploads: number;
  removedBlobs: number;
}

/** Removes what was never committed and what nothing points at. Run it under the housekeeping's lock. */
export async function sweepBlobs(clock: Clock): Promise<SweepResult> {
  const now = clock.now();
  const abandonedUploads = await doomAbandoned(now);
  return { abandonedUploads, removedBlobs: await removeDoomed(now) };
}
