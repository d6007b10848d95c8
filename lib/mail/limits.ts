import type { Origin } from '#lib/audit/record.ts';
import { networkOf } from '#lib/auth/network.ts';
import { countAgainst, type RateLimit } from '#lib/auth/rate-limit.ts';
import { HOUR_MS } from '#lib/clock.ts';

const BY_SUBJECT: RateLimit = {
  name: 'mail',
  points: 3,
  durationMs: HOUR_MS,
  excess: 'Too many mails were asked for',
};
const BY_ADDRESS: RateLimit = { ...BY_SUBJECT, name: 'mail-address', points: 10 };

/**
 * Counts a mail that somebody asked for, against their address and against each of `subjects`.
 * @param subjects such as the account as it was typed, and the mailbox: nobody's is flooded through many accounts.
 * @throws Fault `too-often` after 3 an hour for a subject, or 10 from an address.
 */
export async function countMail({ address }: Origin, subjects: string[]): Promise<void> {
  if (address) await countAgainst(BY_ADDRESS, networkOf(address));
  for (const subject of subjects) await countAgainst(BY_SUBJECT, subject.toLowerCase());
}
