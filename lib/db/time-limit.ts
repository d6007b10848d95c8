import type pg from 'pg';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';

/** How long what no index serves may take. */
const UNINDEXED_TIMEOUT_MS = 2_000;
const QUERY_CANCELED = '57014';

/**
 * Runs what no index serves, for two seconds at most.
 * @param sentence what to do when that limit is reached.
 * @throws Fault `invalid` then.
 */
export async function withTimeLimit<Result>(
  work: (client: pg.ClientBase) => Promise<Result>,
  sentence = 'This search takes too long here. Look for a longer part of the name.',
): Promise<Result> {
  try {
    return await transaction(async (client) => {
      await client.query(`SET LOCAL statement_timeout = ${UNINDEXED_TIMEOUT_MS}`);
      return work(client);
    });
  } catch (error) {
    if ((error as pg.DatabaseError).code !== QUERY_CANCELED) throw error;
    throw new Fault('invalid', sentence);
  }
}
