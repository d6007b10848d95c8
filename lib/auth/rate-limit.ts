import { createHash } from 'node:crypto';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { MINUTE_MS, SECOND_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { shared } from '#lib/shared.ts';

/** So many of something in a time, for each subject. */
export interface RateLimit {
  /** Of the count in the database; never of another limit. */
  name: string;
  points: number;
  durationMs: number;
  /** What somebody did who passed it, as the beginning of a sentence. */
  excess: string;
}

const PASSWORD_TRIES: RateLimit = {
  name: 'password',
  points: 5,
  durationMs: MINUTE_MS,
  excess: 'Too many tries',
};

/** Counted in the database, so that replicas share one count. */
function limiter({ name, points, durationMs }: RateLimit): RateLimiterPostgres {
  return shared(
    `rate-limit-${name}`,
    () =>
      new RateLimiterPostgres({
        storeClient: pool(),
        tableName: 'rate_limit',
        tableCreated: true,
        keyPrefix: name,
        points,
        duration: durationMs / SECOND_MS,
      }),
  );
}

/** Keys have 255 characters and may come from a client at any length. */
function toKey(what: string): string {
  return createHash('sha256').update(what).digest('base64url');
}

/**
 * Counts one act of `subject`, a text that tells it apart from others.
 * @throws Fault `too-often` when the subject has used the limit up.
 */
export async function countAgainst(limit: RateLimit, subject: string): Promise<void> {
  try {
    await limiter(limit).consume(toKey(subject));
  } catch (error) {
    // The library rejects with its count, which is no Error, when the points are used up.
    if (error instanceof Error) throw error;
    const { msBeforeNext } = error as RateLimiterRes;
    const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / SECOND_MS));
    throw new Fault('too-often', `${limit.excess}. Wait ${retryAfterSeconds} seconds and try again.`, {
      retryAfterSeconds,
    });
  }
}

/**
 * Counts one password try against each of `subjects` (accounts and an address).
 * @throws Fault `too-often` when one of them has had its five tries of this minute.
 */
export async function countPasswordTry(subjects: string[]): Promise<void> {
  for (const subject of subjects) await countAgainst(PASSWORD_TRIES, subject);
}

/** Gives an act back that `countAgainst` has counted. */
export async function forgive(limit: RateLimit, subject: string): Promise<void> {
  await limiter(limit).reward(toKey(subject));
}

/** Gives a try back: one that succeeded was no guess. */
export async function forgivePasswordTry(subjects: string[]): Promise<void> {
  await Promise.all(subjects.map((subject) => forgive(PASSWORD_TRIES, subject)));
}
