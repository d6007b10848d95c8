import { Prisma } from '#generated/prisma/client.ts';
import { findAccountId } from '#lib/accounts/find.ts';
import { ACCOUNT_LOCK, IS_LAST_ADMINISTRATOR, LAST_ADMINISTRATOR } from '#lib/accounts/lock.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';

/**
 * Sees to it that somebody else stays an administrator when the account `id` ceases to be one, or to be of use. Call it
 * inside the transaction of that; two at once wait for each other.
 * @throws Fault `not-allowed` for the last one.
 */
export async function requireAnotherAdministrator(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ACCOUNT_LOCK})`;
  const rows = await tx.$queryRaw<{ isLast: boolean }[]>`
    SELECT ${Prisma.raw(IS_LAST_ADMINISTRATOR)} AS "isLast" FROM app_user u WHERE id = ${id}`;
  if (rows[0]?.isLast) throw new Fault('not-allowed', LAST_ADMINISTRATOR);
}

/**
 * Makes an account an administrator's, or an ordinary one again. For the command line: pages make no administrators.
 * @throws Fault `not-found`; `not-allowed` for the last administrator.
 */
export async function setAdmin(options: { name: string; isAdmin: boolean; origin: Origin }): Promise<void> {
  const { name, isAdmin, origin } = options;
  const id = await findAccountId(name);
  const act = { action: 'account.admin', target: name, namespace: name, detail: { isAdmin } };
  await prisma().$transaction(async (tx) => {
    if (!isAdmin) await requireAnotherAdministrator(tx, id);
    await tx.user.update({ where: { id }, data: { isAdmin } });
    await tx.auditEvent.create({ data: auditData(origin, act) });
  });
}
