import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { SECOND_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';

/** Any number that no other advisory lock of ours uses. Pushes share it; a collection has it alone. */
const STORAGE = 8_301_101;
/** With the hash of a repository's name: pushes into it share it; a deletion in it has it alone. */
const REPOSITORY = 8_301_102;
/** With the hash of a repository's name: who attaches a signature there has it alone. */
const SIGNATURES = 8_301_103;
const LOCK_REPOSITORY = `SELECT pg_try_advisory_lock($1, hashtext($2)) AS locked`;
const SHARE = `SELECT pg_try_advisory_lock_shared($1) AS locked`;
const SHARE_REPOSITORY = `SELECT pg_try_advisory_lock_shared($1, hashtext($2)) AS locked`;
const POLL_MS = 250;
/** How often a push finds out whether its locks are still held. */
const WATCH_MS = 5 * SECOND_MS;

/** The registry, while nothing is taken away from under a push, or while nobody pushes. */
export interface HeldRegistry {
  /** Aborted when the locks are lost: what goes on then must stop. */
  signal: AbortSignal;
  /**
   * Proves that the locks were held until now, so that nothing that was pushed can have been collected. Call it between
   * the push and the transaction that writes the image's row.
   * @throws Fault `unavailable` when they were not.
   */
  confirm(): Promise<void>;
}

type Client = pg.PoolClient;

/** What became of it, instead of a failure: the work is done by then, and the locks go with the connection. */
async function unlock(client: Client): Promise<Error | undefined> {
  return client.query('SELECT pg_advisory_unlock_all()').then(
    () => undefined,
    (error: Error) => error,
  );
}

/** A connection of its own, whose locks are gone with it; closed when `work` fails, since it may hold some still. */
async function onConnection<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    const result = await work(client);
    failure = await unlock(client);
    return result;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.release(failure);
  }
}

async function isLocked(client: Client, text: string, values: unknown[]): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(text, values);
  return rows[0]?.locked ?? false;
}

async function untilLocked(
  client: Client,
  text: string,
  values: unknown[],
  signal?: AbortSignal,
): Promise<void> {
  while (!(await isLocked(client, text, values))) await delay(POLL_MS, undefined, { signal });
}

function lost(cause: unknown): Fault {
  return new Fault('unavailable', 'The work in the registry was interrupted. Try again.', { cause });
}

/** Looks after the locks while `work` runs. */
async function watched<T>(
  client: Client,
  work: (registry: HeldRegistry) => Promise<T>,
  signal?: AbortSignal,
) {
  const losing = new AbortController();
  const lose = (cause: unknown) => losing.abort(lost(cause));
  client.on('error', lose);
  const confirm = async () => {
    await client.query('SELECT 1').catch(lose);
    losing.signal.throwIfAborted();
  };
  const timer = setInterval(() => void confirm().catch(() => {}), WATCH_MS);
  const signals = signal ? [losing.signal, signal] : [losing.signal];
  try {
    return await work({ signal: AbortSignal.any(signals), confirm });
  } finally {
    clearInterval(timer);
    client.off('error', lose);
  }
}

/**
 * Runs a push into a repository, on whatever machine, while no collection of layers goes on anywhere and no image is
 * deleted in this repository; waits for those first. Pushes do not wait for each other, and pulls for nothing.
 * `work` pushes, calls `confirm`, and then writes the image's row: a row that is written so has all of its layers.
 * @param signal ends the wait, and is passed on.
 * @throws what `work` throws; Fault `unavailable` from `confirm`; the reason of `signal`.
 */
export async function withRegistryWritable<T>(
  repository: string,
  work: (registry: HeldRegistry) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return onConnection(async (client) => {
    await untilLocked(client, SHARE, [STORAGE], signal);
    await untilLocked(client, SHARE_REPOSITORY, [REPOSITORY, repository], signal);
    return watched(client, work, signal);
  });
}

/**
 * Runs `work` while nobody pushes into any repository.
 * @param patienceMs how long pushes that are under way are waited for, at most 15 seconds; new ones wait behind.
 * @returns null, with nothing done, when they took longer.
 * @throws what `work` throws.
 */
export async function withRegistryStill<T>(
  patienceMs: number,
  work: (registry: HeldRegistry) => Promise<T>,
): Promise<T | null> {
  return onConnection(async (client) => {
    await client.query(`SET lock_timeout = ${Math.min(Math.max(1, Math.floor(patienceMs)), 15 * SECOND_MS)}`);
    try {
      await client.query('SELECT pg_advisory_lock($1)', [STORAGE]);
    } catch (error) {
      await client.query('RESET lock_timeout');
      // lock_not_available
      if ((error as { code?: string }).code === '55P03') return null;
      throw error;
    }
    await client.query('RESET lock_timeout');
    return watched(client, work);
  });
}

/**
 * Runs `work` while nobody pushes into a repository.
 * @returns null, with nothing done, when somebody does.
 */
export async function withRepositoryStill<T>(repository: string, work: () => Promise<T>): Promise<T | null> {
  return onConnection(async (client) => {
    if (!(await isLocked(client, LOCK_REPOSITORY, [REPOSITORY, repository]))) return null;
    return work();
  });
}

/** Keeps signatures of images of one repository in a row, on whatever machine, until the transaction ends. */
export async function lockSignatures(client: pg.ClientBase, repository: string): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [SIGNATURES, repository]);
}
