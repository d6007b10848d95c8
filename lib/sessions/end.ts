import { requirePerson } from '#lib/accounts/require-person.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';
import { isId } from '#lib/ids.ts';

interface EndSessionOptions {
  id: string;
  caller: Caller;
  origin: Origin;
}

/**
 * Ends one of the caller's sessions, a program's among them; its token fails from its next request on.
 * @throws Fault `not-found` when the caller has no such session, `not-allowed` for whoever is no person in a browser.
 */
export async function endSession({ id, caller, origin }: EndSessionOptions): Promise<void> {
  requirePerson(caller);
  await prisma().$transaction(async (tx) => {
    const { count } = isId(id)
      ? await tx.session.deleteMany({ where: { id, userId: caller.userId } })
      : { count: 0 };
    if (count === 0) throw new Fault('not-found', 'You have no such session; it may have ended already.');
    await tx.auditEvent.create({ data: auditData(origin, { action: 'session.end', target: caller.name }) });
  });
}

/**
 * Ends all of the caller's sessions but the one that asks, programs' too; tokens stay.
 * @returns how many there were.
 * @throws Fault `not-allowed` for whoever is no person in a browser.
 */
export async function endOtherSessions({ caller, origin }: Omit<EndSessionOptions, 'id'>): Promise<number> {
  requirePerson(caller);
  return prisma().$transaction(async (tx) => {
    const others = { userId: caller.userId, id: { not: caller.credentialId } };
    const { count } = await tx.session.deleteMany({ where: others });
    await tx.loginRequest.deleteMany({ where: { userId: caller.userId } });
    const detail = { count };
    await tx.auditEvent.create({
      data: auditData(origin, { action: 'session.endOthers', target: caller.name, detail }),
    });
    return count;
  });
}
