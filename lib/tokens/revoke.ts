import { auditData, type Origin } from '#lib/audit/record.ts';
import { prisma } from '#lib/db/prisma.ts';
import { noSuchToken, requireTokenRef, type TokenRef } from '#lib/tokens/find-own.ts';

/** Exactly one of id and name. */
interface RevokeTokenOptions extends TokenRef {
  userId: string;
  origin: Origin;
}

/**
 * Ends a token of the user's by id, or by name all that have it: one that was replaced goes with its successor. It fails
 * from its next request on.
 * @throws Fault `invalid` without id and name, `not-found` when the user has no such token.
 */
export async function revokeToken({ userId, id, name, origin }: RevokeTokenOptions): Promise<void> {
  requireTokenRef({ id, name });
  await prisma().$transaction(async (tx) => {
    const where = id === undefined ? { userId, name } : { userId, id };
    const token = await tx.accessToken.findFirst({ where, select: { name: true } });
    const { count } = await tx.accessToken.deleteMany({ where });
    if (!token || count === 0) throw noSuchToken();
    await tx.auditEvent.create({ data: auditData(origin, { action: 'token.revoke', target: token.name }) });
  });
}
