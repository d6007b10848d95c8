import type pg from 'pg';
import { settleUsage } from '#lib/artifacts/usage.ts';
import { overQuota } from '#lib/blobs/faults.ts';
import { pool } from '#lib/db/pool.ts';

/**
 * Charges what an Executor grew by to its namespace. Keep it last in a transaction: it locks the row.
 * @throws Fault `over-quota`.
 */
export async function chargeGrowth(client: pg.ClientBase, namespaceId: string, bytes: number): Promise<void> {
  if (bytes === 0) return;
  const { rows } = await client.query<{ usedBytes: number; currentBytes: number; quotaBytes: number }>(
    `UPDATE namespace_usage SET used_bytes = used_bytes + $2, current_bytes = current_bytes + $2
     FROM namespace n WHERE n.id = namespace_id AND namespace_id = $1
     RETURNING used_bytes::float8 AS "usedBytes", current_bytes::float8 AS "currentBytes",
       quota_bytes::float8 AS "quotaBytes"`,
    [namespaceId, bytes],
  );
  if (!rows[0]) throw new Error(`namespace ${namespaceId} is gone`);
  // Unknown here, so that it is asked for.
  const usage = { ...rows[0], inFlightBytes: Number.POSITIVE_INFINITY };
  await settleUsage(client, usage, { namespaceId, currentGrowthBytes: bytes });
}

/**
 * Refuses what cannot fit, whatever it grows by, before an image is built for it and put into the registry.
 * @throws Fault `over-quota` for a namespace that is full.
 */
export async function requireQuotaLeft(namespaceId: string): Promise<void> {
  const { rowCount } = await pool().query(
    `SELECT FROM namespace_usage u JOIN namespace n ON n.id = u.namespace_id
     WHERE u.namespace_id = $1 AND u.current_bytes >= n.quota_bytes`,
    [namespaceId],
  );
  if (rowCount !== 0) throw overQuota();
}
