import type { Caller } from '#lib/auth/caller.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';

/**
 * A token that was replaced runs out, and nothing that outlives it comes from it: whoever stole it would have the new one.
 * @throws Fault `not-allowed`.
 */
export async function requireCurrent({ via, credentialId }: Caller): Promise<void> {
  if (via !== 'token') return;
  const { rowCount } = await pool().query(
    'SELECT FROM access_token WHERE id = $1 AND replaced_at IS NOT NULL',
    [credentialId],
  );
  if (rowCount === 0) return;
  throw new Fault(
    'not-allowed',
    'This token was replaced, and runs out. Use the new one to make, rename or replace tokens.',
  );
}
