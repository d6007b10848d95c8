import { pool } from '#lib/db/pool.ts';

/**
 * Lets a user who gave an Executor's secret pull its images, until that changes. Costs one statement, which writes
 * nothing when it is so already.
 * @param secretHash the Executor's, as it was when the secret was found to be right.
 */
export async function recordGrant(userId: string, executorId: string, secretHash: string): Promise<void> {
  await pool().query({
    name: 'record-registry-grant',
    text: `INSERT INTO registry_grant AS had (user_id, executor_id, secret_hash) VALUES ($1, $2, $3)
      ON CONFLICT (user_id, executor_id) DO UPDATE SET secret_hash = excluded.secret_hash, created_at = now()
      WHERE had.secret_hash <> excluded.secret_hash`,
    values: [userId, executorId, secretHash],
  });
}
