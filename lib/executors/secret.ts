import { networkOf } from '#lib/auth/network.ts';
import { verifyPassword } from '#lib/auth/password.ts';
import { countAgainst, forgive, type RateLimit } from '#lib/auth/rate-limit.ts';
import { HOUR_MS } from '#lib/clock.ts';

/** Wrong secrets of one address; a name that does not exist counts like one that does. */
const SECRET_TRIES_AN_HOUR = 100;

const LIMIT: RateLimit = {
  name: 'executor-secret',
  points: SECRET_TRIES_AN_HOUR,
  durationMs: HOUR_MS,
  excess: 'Too many wrong secrets came from this address',
};

/**
 * Whether `secret` is the one behind `stored`; null, for an Executor that does not exist or has none, costs as much and
 * is false. Wrong ones are counted for the address.
 * @throws Fault `too-often`.
 */
export async function opensExecutor(
  secret: string,
  stored: string | null,
  address: string | null,
): Promise<boolean> {
  const network = networkOf(address ?? 'unknown');
  await countAgainst(LIMIT, network);
  if (!(await verifyPassword(secret, stored))) return false;
  await forgive(LIMIT, network);
  return true;
}
