import { removeArtifacts } from '#lib/artifacts/remove.ts';
import type { Origin } from '#lib/audit/record.ts';
import type { Clock } from '#lib/clock.ts';
import { transaction } from '#lib/db/transaction.ts';

const BATCH = 200;

/**
 * Removes the artifacts whose time is over. A push or a change that holds a row right now keeps it from this run,
 * and the batch is decided again by the rows as they are when locked.
 * @returns how many were removed.
 */
export async function expireArtifacts(clock: Clock, origin: Origin): Promise<number> {
  const now = clock.now();
  let expired = 0;
  for (;;) {
    const removed = await transaction(async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `SELECT id FROM artifact WHERE expires_at <= $1 AND deleted_at IS NULL
         ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [now, BATCH],
      );
      return removeArtifacts(client, {
        ids: rows.map((row) => row.id),
        action: 'artifact.expire',
        origin,
        now,
      });
    });
    expired += removed;
    if (removed < BATCH) return expired;
  }
}
