import type { Origin } from '#lib/audit/record.ts';
import { networkOf } from '#lib/auth/network.ts';
import { countAgainst, type RateLimit } from '#lib/auth/rate-limit.ts';
import { HOUR_MS } from '#lib/clock.ts';

const TRIES: RateLimit = {
  name: 'link-try',
  points: 60,
  durationMs: HOUR_MS,
  excess: 'Too many links were tried from your address',
};

/** Counts the use of a link, whether it works or not. @throws Fault `too-often` after 60 an hour from an address. */
export async function countLinkTry({ address }: Origin): Promise<void> {
  if (address) await countAgainst(TRIES, networkOf(address));
}
