import { auditData, type Origin } from '#lib/audit/record.ts';
import { prisma } from '#lib/db/prisma.ts';

interface DismissSessionOptions {
  sessionId: string;
  origin: Origin;
}

/** Ends a session; its token fails from its next request on. One that has ended already is no error. */
export async function dismissSession({ sessionId, origin }: DismissSessionOptions): Promise<void> {
  await prisma().$transaction(async (tx) => {
    const session = await tx.session.findUnique({
      where: { id: sessionId },
      select: { user: { select: { name: true } } },
    });
    const { count } = await tx.session.deleteMany({ where: { id: sessionId } });
    if (count === 0 || !session) return;
    const { name } = session.user;
    await tx.auditEvent.create({
      data: auditData(origin, { action: 'session.dismiss', target: name, namespace: name }),
    });
  });
}
