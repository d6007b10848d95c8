import { requirePerson } from '#lib/accounts/require-person.ts';
import { requireRecent } from '#lib/accounts/require-proof.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { hashPassword } from '#lib/auth/password.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';

interface SetPasswordOptions {
  caller: Caller;
  newPassword: string;
  origin: Origin;
  clock: Clock;
}

/**
 * Gives an account without a password its first one, and ends all its sessions but the one that asks.
 * @throws Fault `invalid` for one that cannot be; `not-allowed` when there is one, and for whoever is no person in a
 *   browser.
 */
export async function setPassword({ caller, newPassword, origin, clock }: SetPasswordOptions): Promise<void> {
  requirePerson(caller);
  requireRecent(caller, clock);
  const passwordHash = await hashPassword(newPassword, [caller.name, caller.email ?? '']);
  await prisma().$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: caller.userId, passwordHash: null },
      data: { passwordHash },
    });
    if (count === 0)
      throw new Fault('not-allowed', 'This account has a password already. Change it with the present one.');
    await tx.session.deleteMany({ where: { userId: caller.userId, id: { not: caller.credentialId } } });
    await tx.loginRequest.deleteMany({ where: { userId: caller.userId } });
    await tx.accountLink.deleteMany({
      where: { userId: caller.userId, kind: 'resetPassword', usedAt: null },
    });
    await tx.auditEvent.create({
      data: auditData(origin, { action: 'account.password', target: caller.name, detail: { isFirst: true } }),
    });
  });
}
