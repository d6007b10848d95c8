import { findAccountId } from '#lib/accounts/find.ts';
import { requireAnotherAdministrator } from '#lib/accounts/set-admin.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';

interface SetDisabledOptions {
  name: string;
  isDisabled: boolean;
  origin: Origin;
  clock: Clock;
}

/**
 * Disables an account, or enables it again. Tokens and sessions of a disabled one fail from the next request on;
 * what it made public stays public. A deletion that it waits for is called off: who asked for it may have been a thief.
 * @throws Fault `not-found`; `not-allowed` for oneself, and for the last administrator.
 */
export async function setDisabled({ name, isDisabled, origin, clock }: SetDisabledOptions): Promise<void> {
  if (isDisabled && origin.caller?.name === name)
    throw new Fault('not-allowed', 'You cannot disable your own account. Another administrator can.');
  const id = await findAccountId(name);
  const action = isDisabled ? 'account.disable' : 'account.enable';
  await prisma().$transaction(async (tx) => {
    if (isDisabled) await requireAnotherAdministrator(tx, id);
    await tx.user.update({
      where: { id },
      data: isDisabled ? { disabledAt: clock.now(), deleteAt: null } : { disabledAt: null },
    });
    await tx.auditEvent.create({ data: auditData(origin, { action, target: name, namespace: name }) });
  });
}
