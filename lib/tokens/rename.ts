import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { isUniqueViolation } from '#lib/db/unique-violation.ts';
import { lockOwnToken, type TokenRef } from '#lib/tokens/find-own.ts';
import { requireTokenName, tokenNameTaken } from '#lib/tokens/name.ts';

interface RenameTokenOptions {
  userId: string;
  ref: TokenRef;
  newName: string;
  origin: Origin;
  clock: Clock;
}

/**
 * Gives a token another name; its text stays.
 * @throws Fault `invalid` for a name that cannot be, `not-found` when the user has no such token, `name-taken`.
 */
export async function renameToken({ userId, ref, newName, origin, clock }: RenameTokenOptions) {
  requireTokenName(newName);
  const now = clock.now();
  try {
    await prisma().$transaction(async (tx) => {
      const { id, name } = await lockOwnToken(tx, { ...ref, userId, now });
      await tx.accessToken.deleteMany({ where: { userId, name: newName, expiresAt: { lte: now } } });
      await tx.accessToken.update({ where: { id }, data: { name: newName } });
      // Those that it replaced stay beside it, so that its name ends them all.
      await tx.accessToken.updateMany({
        where: { userId, name, replacedAt: { not: null } },
        data: { name: newName },
      });
      const act = { action: 'token.rename', target: newName, detail: { renamedFrom: name } };
      await tx.auditEvent.create({ data: auditData(origin, act) });
    });
  } catch (error) {
    throw isUniqueViolation(error) ? tokenNameTaken(newName) : error;
  }
}
