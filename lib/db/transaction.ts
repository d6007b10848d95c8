import type pg from 'pg';
import { isDatabaseAway } from '#lib/db/is-away.ts';
import { pool } from '#lib/db/pool.ts';

/**
 * Runs `work` in one transaction on one connection: commits when it returns, rolls back when it throws.
 * A connection that is lost, or whose rollback fails, is closed rather than given back; Postgres rolls back by itself.
 */
export async function transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    if (isDatabaseAway(error)) broken = error as Error;
    else
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
    throw error;
  } finally {
    client.release(broken);
  }
}
