import type { Prisma } from '#generated/prisma/client.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Clock } from '#lib/clock.ts';

interface OwnAddressOptions {
  userId: string;
  email: string;
  origin: Origin;
  clock: Clock;
}

interface Holder {
  id: string;
  name: string;
  isVerified: boolean;
}

/**
 * Gives an account its address for good: it is verified from here on, and other accounts that only said it was theirs
 * lose it. Call it inside the transaction of what proved it.
 * @returns false, with nothing done, when another account has proved the same.
 */
export async function ownAddress(
  tx: Prisma.TransactionClient,
  { userId, email, origin, clock }: OwnAddressOptions,
): Promise<boolean> {
  // One after the other, so that of two proofs the second sees the first.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`address ${email.toLowerCase()}`}, 0))`;
  const others = await tx.$queryRaw<Holder[]>`
    SELECT id, name, email_verified_at IS NOT NULL AS "isVerified" FROM app_user
    WHERE lower(email) = lower(${email}) AND id <> ${userId}`;
  if (others.some(({ isVerified }) => isVerified)) return false;
  for (const { id, name } of others) {
    await tx.user.update({ where: { id }, data: { email: null } });
    const act = { action: 'account.emailTaken', target: name, namespace: name };
    // Its person is told that it happened, not who and where the other one is.
    const told = { ...origin, caller: null, address: null, client: null };
    await tx.auditEvent.create({ data: auditData(told, act) });
  }
  await tx.user.update({ where: { id: userId }, data: { email, emailVerifiedAt: clock.now() } });
  return true;
}
