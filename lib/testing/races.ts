import { expect } from 'vitest';
import { pool } from '#lib/db/pool.ts';
import type { TestUser } from '#lib/testing/domain.ts';

/**
 * Holds what every push and removal needs last, so that all works wait for it at the same time: those of the first
 * function, then those of the next.
 */
export async function whileHeld(
  user: TestUser,
  ...works: (() => Promise<unknown>[])[]
): Promise<PromiseSettledResult<unknown>[]> {
  const holder = await pool().connect();
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM namespace_usage WHERE namespace_id = $1 FOR NO KEY UPDATE', [
      user.caller.namespaceId,
    ]);
    const under: Promise<PromiseSettledResult<unknown>[]>[] = [];
    let waiting = 0;
    for (const start of works) {
      const started = start();
      under.push(Promise.allSettled(started));
      waiting += started.length;
      await untilWaiting(waiting);
    }
    await holder.query('COMMIT');
    return (await Promise.all(under)).flat();
  } finally {
    holder.release();
  }
}

/** Resolves when so many of our sessions wait for a lock. Outside of a transaction, which would see one moment only. */
export async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await pool().query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if ((rows[0]?.waiting ?? 0) >= count) return;
  }
}

/** The counters against the rows of what is live; equal, or something was lost. The trash is in no counter. */
export async function expectRightBooks({ caller }: TestUser): Promise<void> {
  const { rows } = await pool().query(
    `WITH packages AS (
       SELECT coalesce(sum(c.size_bytes), 0) AS bytes FROM executor_commit c JOIN executor e ON e.id = c.executor_id
       WHERE e.namespace_id = $1 AND e.deleted_at IS NULL
     )
     SELECT u.used_bytes - coalesce(sum(v.size_bytes), 0) - p.bytes AS used,
       u.current_bytes - coalesce(sum(v.size_bytes) FILTER (WHERE v.id = a.current_version_id), 0) - p.bytes AS current,
       (SELECT count(*) FROM blob b WHERE b.namespace_id = n.id AND b.state = 'committed'
         AND NOT EXISTS (SELECT 1 FROM artifact_version WHERE blob_id = b.id)
         AND NOT EXISTS (SELECT 1 FROM executor_commit WHERE blob_id = b.id)
         AND NOT EXISTS (SELECT 1 FROM task WHERE blob_id = b.id)) AS orphans
     FROM packages p, namespace n JOIN namespace_usage u ON u.namespace_id = n.id LEFT JOIN artifact a ON a.namespace_id = n.id AND a.deleted_at IS NULL
       LEFT JOIN artifact_version v ON v.artifact_id = a.id
     WHERE n.id = $1 GROUP BY n.id, u.namespace_id, p.bytes`,
    [caller.namespaceId],
  );
  expect(rows).toEqual([{ used: '0', current: '0', orphans: '0' }]);
}
