import { auditData, type Origin } from '#lib/audit/record.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';

/**
 * Takes an invitation back, and with it a mail that has not gone out yet.
 * @throws Fault `not-found` when there is no such one, or it was taken.
 */
export async function revokeInvitation({ id, origin }: { id: string; origin: Origin }): Promise<void> {
  await prisma().$transaction(async (tx) => {
    const where = { id, kind: 'invitation', usedAt: null } as const;
    const link = await tx.accountLink.findFirst({ where, select: { email: true } });
    const { count } = await tx.accountLink.deleteMany({ where });
    if (!link || count === 0)
      throw new Fault('not-found', 'There is no such invitation; it was taken, or it is gone already.');
    const act = { action: 'invitation.revoke', target: link.email ?? undefined, detail: { id } };
    await tx.auditEvent.create({ data: auditData(origin, act) });
  });
}
