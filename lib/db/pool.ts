import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { watchSilence } from '#lib/db/watch-silence.ts';
import { log } from '#lib/log.ts';
import { shared } from '#lib/shared.ts';

/** Connections of one process; Postgres's default limit of 100 leaves room for several replicas. */
const POOL_SIZE = 20;
/** How long a request waits for a free connection, or for Postgres to come back after a crash. */
const CONNECT_TIMEOUT_MS = 10_000;
/** How long a statement waits in silence: a Postgres that is stopped, or a network that swallows everything, says nothing. */
const SILENCE_TIMEOUT_MS = 20_000;
const CLOSE_TIMEOUT_MS = 10_000;

function makePool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // A network that is cut says nothing by itself.
    keepAlive: true,
    ...options,
  });
  // A lost connection is news, not a reason to end the process: idle ones tell the pool, lent ones only themselves.
  // At the end they all are, and some only after `end` has returned.
  const tell = (error: Error) => {
    if (!pool.ending) log().warn({ err: error.message }, 'a database connection was lost');
  };
  pool.on('error', tell);
  pool.on('connect', (client) => {
    client.on('error', tell);
    watchSilence(client, SILENCE_TIMEOUT_MS);
  });
  return pool;
}

/** The process's pool; `DATABASE_URL` must be set by then. */
export function pool(): pg.Pool {
  return shared('pool', () => makePool({ max: POOL_SIZE }));
}

/**
 * Connections that do not wait for the disk at commit: for pull records and "last used", where the loss of
 * the last moments in a power cut costs nothing.
 */
export function relaxedPool(): pg.Pool {
  return shared('relaxed-pool', () => makePool({ max: 2, options: '-c synchronous_commit=off' }));
}

/** Closes all connections, when nothing uses them any more. A query that hangs is not waited for. */
export async function closePools(): Promise<void> {
  const open = [pool(), relaxedPool()].filter(({ ended }) => !ended);
  const closed = Promise.all(open.map((one) => one.end()));
  await Promise.race([closed, delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
}
