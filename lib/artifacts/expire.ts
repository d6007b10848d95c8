import { removeArtifacts } from '#lib/artifacts/remove.ts';
import type { Origin } from '#lib/audit/record.ts';
import type { Clock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { log } from '#lib/log.ts';
import { announceChange } from '#lib/notices/outbox.ts';

/** At most so many a run; the rest is there a minute later. */
const MAX_A_RUN = 10_000;

/**
 * Moves the artifacts whose time is over to the trash, those of nobody out of the world, each in a transaction of its
 * own: what a push has moved in the meantime stays, and one that cannot be removed keeps no other one.
 * @returns how many they were.
 */
export async function expireArtifacts(clock: Clock, origin: Origin): Promise<number> {
  const expiredBy = clock.now();
  const { rows } = await pool().query<{ id: string; namespaceId: string }>(
    'SELECT id, namespace_id AS "namespaceId" FROM artifact WHERE expires_at <= $1 AND deleted_at IS NULL ORDER BY expires_at LIMIT $2',
    [expiredBy, MAX_A_RUN],
  );
  let expired = 0;
  for (const { id, namespaceId } of rows) {
    try {
      const what = { removals: [{ id, name: null }], cause: 'expiry' as const, origin, expiredBy };
      expired += await transaction((client) => removeArtifacts(client, what));
      announceChange(namespaceId, [id]);
    } catch (error) {
      log().error({ err: error, artifact: id }, 'an artifact could not be expired');
    }
  }
  return expired;
}
