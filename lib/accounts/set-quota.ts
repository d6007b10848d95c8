import { findAccountId } from '#lib/accounts/find.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';

/**
 * Sets how many bytes a user may keep. Nothing is removed when it is lower than what is there: the next push that
 * grows is refused.
 * @throws Fault `invalid`, `not-found`.
 */
export async function setQuota(options: { name: string; quotaBytes: number; origin: Origin }): Promise<void> {
  const { name, quotaBytes, origin } = options;
  if (!Number.isSafeInteger(quotaBytes) || quotaBytes < 0)
    throw new Fault('invalid', 'A quota is a whole number of bytes.');
  const ownerId = await findAccountId(name);
  const act = { action: 'account.quota', target: name, namespace: name, detail: { quotaBytes } };
  await prisma().$transaction([
    prisma().namespace.update({ where: { ownerId }, data: { quotaBytes } }),
    prisma().auditEvent.create({ data: auditData(origin, act) }),
  ]);
}
