import { auditData, type Origin } from '#lib/audit/record.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';

interface RevokeTokenOptions {
  userId: string;
  /** Exactly one of the two. */
  id?: string;
  name?: string;
  origin: Origin;
}

function noSuchToken(): Fault {
  return new Fault('not-found', 'You have no token of this name. List your tokens to see what there is.');
}

/**
 * Ends a token of the user's by id or by name; it fails from its next request on.
 * @throws Fault `invalid` without id and name, `not-found` when the user has no such token.
 */
export async function revokeToken({ userId, id, name, origin }: RevokeTokenOptions): Promise<void> {
  if (id === undefined && name === undefined)
    throw new Fault('invalid', 'Say which token: give its name or its id.');
  if (!isKeepable(id ?? name ?? '')) throw noSuchToken();
  await prisma().$transaction(async (tx) => {
    const where = id === undefined ? { userId, name } : { userId, id };
    const token = await tx.accessToken.findFirst({ where, select: { id: true, name: true } });
    const gone = token && (await tx.accessToken.deleteMany({ where: { id: token.id } })).count === 1;
    if (!gone) throw noSuchToken();
    await tx.auditEvent.create({ data: auditData(origin, { action: 'token.revoke', target: token.name }) });
  });
}
