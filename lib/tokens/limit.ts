import type { Origin } from '#lib/audit/record.ts';
import { networkOf } from '#lib/auth/network.ts';
import { countAgainst, type RateLimit } from '#lib/auth/rate-limit.ts';
import { HOUR_MS } from '#lib/clock.ts';

const BY_ACCOUNT: RateLimit = {
  name: 'token',
  points: 60,
  durationMs: HOUR_MS,
  excess: 'Too many tokens were made',
};
const BY_ADDRESS: RateLimit = { ...BY_ACCOUNT, name: 'token-address', points: 300 };

/**
 * Counts a token that is made over HTTP.
 * @throws Fault `too-often` after 60 an hour for an account, or 300 from an address.
 */
export async function countNewToken({ address }: Origin, userId: string): Promise<void> {
  await countAgainst(BY_ACCOUNT, userId);
  if (address) await countAgainst(BY_ADDRESS, networkOf(address));
}
