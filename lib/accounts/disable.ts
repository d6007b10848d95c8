import { findAccountId } from '#lib/accounts/find.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';

interface SetDisabledOptions {
  name: string;
  isDisabled: boolean;
  origin: Origin;
  clock: Clock;
}

/**
 * Disables an account, or enables it again. Tokens and sessions of a disabled one fail from the next request on;
 * what it made public stays public.
 * @throws Fault `not-found`.
 */
export async function setDisabled({ name, isDisabled, origin, clock }: SetDisabledOptions): Promise<void> {
  const id = await findAccountId(name);
  const action = isDisabled ? 'account.disable' : 'account.enable';
  await prisma().$transaction([
    prisma().user.update({ where: { id }, data: { disabledAt: isDisabled ? clock.now() : null } }),
    prisma().auditEvent.create({ data: auditData(origin, { action, target: name, namespace: name }) }),
  ]);
}
