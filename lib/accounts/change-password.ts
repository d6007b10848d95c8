import { requirePerson } from '#lib/accounts/require-person.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { networkOf } from '#lib/auth/network.ts';
import { hashPassword, verifyPassword } from '#lib/auth/password.ts';
import { countPasswordTry, forgivePasswordTry } from '#lib/auth/rate-limit.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';

interface ChangePasswordOptions {
  caller: Caller;
  /** The present one. */
  password: string;
  newPassword: string;
  origin: Origin;
}

async function passwordHashOf(id: string): Promise<string | null> {
  const user = await prisma().user.findUniqueOrThrow({ where: { id }, select: { passwordHash: true } });
  return user.passwordHash;
}

/** Whether the account signs in by a password. */
export async function hasPassword(userId: string): Promise<boolean> {
  return (await passwordHashOf(userId)) !== null;
}

/**
 * Asks once more whether it is the person. Tries count as those of signing in do.
 * @throws Fault `wrong-password`; `too-often` after five wrong ones a minute.
 */
export async function requirePassword({
  caller,
  password,
  origin,
}: Omit<ChangePasswordOptions, 'newPassword'>): Promise<void> {
  // Of this session, or whoever tries the account's password elsewhere could keep its owner from changing it.
  const subjects = [`session ${caller.credentialId}`];
  if (origin.address) subjects.push(`address ${networkOf(origin.address)}`);
  await countPasswordTry(subjects);
  if (!(await verifyPassword(password, await passwordHashOf(caller.userId)))) {
    throw new Fault('wrong-password', 'The current password is wrong. Check it and try again.');
  }
  await forgivePasswordTry(subjects);
}

/**
 * Gives an account a new password, and ends all its sessions but the one that asks, and links to a new one: whoever knew the old one is out.
 * @throws Fault `wrong-password`; `too-often` after five wrong ones a minute; `invalid` for a new one that cannot be;
 *   `not-allowed` for a token.
 */
export async function changePassword(options: ChangePasswordOptions): Promise<void> {
  const { caller, newPassword, origin } = options;
  requirePerson(caller);
  await requirePassword(options);
  const passwordHash = await hashPassword(newPassword, [caller.name, caller.email ?? '']);
  await prisma().$transaction([
    prisma().user.update({ where: { id: caller.userId }, data: { passwordHash } }),
    prisma().session.deleteMany({ where: { userId: caller.userId, id: { not: caller.credentialId } } }),
    prisma().loginRequest.deleteMany({ where: { userId: caller.userId } }),
    prisma().accountLink.deleteMany({
      where: { userId: caller.userId, kind: 'resetPassword', usedAt: null },
    }),
    prisma().auditEvent.create({
      data: auditData(origin, { action: 'account.password', target: caller.name }),
    }),
  ]);
}
