import { createHash } from 'node:crypto';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { MINUTE_MS, SECOND_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { shared } from '#lib/shared.ts';

const TRIES_A_MINUTE = 5;

/** Counted in the database, so that replicas share one count. */
function passwordTries(): RateLimiterPostgres {
  return shared(
    'password-tries',
    () =>
      new RateLimiterPostgres({
        storeClient: pool(),
        tableName: 'rate_limit',
        tableCreated: true,
        keyPrefix: 'password',
        points: TRIES_A_MINUTE,
        duration: MINUTE_MS / SECOND_MS,
      }),
  );
}

/** Keys have 255 characters and may come from a client at any length. */
function toKey(what: string): string {
  return createHash('sha256').update(what).digest('base64url');
}

/**
 * Counts one password try against each of `subjects` (accounts and an address, as texts that tell them apart).
 * @throws Fault `too-often` when one of them has had its five tries of this minute.
 */
export async function countPasswordTry(subjects: string[]): Promise<void> {
  for (const subject of subjects) {
    try {
      await passwordTries().consume(toKey(subject));
    } catch (error) {
      // The library rejects with its count, which is no Error, when the tries are used up.
      if (error instanceof Error) throw error;
      const { msBeforeNext } = error as RateLimiterRes;
      const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / SECOND_MS));
      throw new Fault('too-often', `Too many tries. Wait ${retryAfterSeconds} seconds and try again.`, {
        retryAfterSeconds,
      });
    }
  }
}

/** Gives a try back: one that succeeded was no guess. */
export async function forgivePasswordTry(subjects: string[]): Promise<void> {
  await Promise.all(subjects.map((subject) => passwordTries().reward(toKey(subject))));
}
