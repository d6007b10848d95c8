import type { AccessToken } from '#generated/prisma/client.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { type Clock, MINUTE_MS } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { Fault } from '#lib/errors.ts';
import { lockOwnToken, type TokenRef } from '#lib/tokens/find-own.ts';
import { isWithin } from '#lib/tokens/name-pattern.ts';
import { newTokenRow } from '#lib/tokens/new-row.ts';
import { areScopesWithin } from '#lib/tokens/scopes.ts';

/** How long the old text may go on working beside the new one: seven days. */
export const MAX_OVERLAP_MINUTES = 7 * 24 * 60;
/** How long it does when nobody says. */
export const DEFAULT_OVERLAP_MINUTES = 24 * 60;

interface RotateTokenOptions {
  caller: Caller;
  ref: TokenRef;
  /** 0 ends the old text at once. */
  overlapMinutes: number;
  origin: Origin;
  clock: Clock;
}

/** Whoever gets the new text can do all that it can. @throws Fault `not-allowed` for a caller who could do less. */
function requireNoWider({ scopes, namePattern }: Caller, token: AccessToken): void {
  if (areScopesWithin(scopes, token.scopes) && isWithin(namePattern, token.namePattern)) return;
  throw new Fault(
    'not-allowed',
    'A token cannot replace one that may do more. Replace it in the settings, or with a token that may as much.',
  );
}

/**
 * Gives a token a new text with the same rights, the same name and as long a life again. The old text counts for the
 * overlap, or until it would have expired. The new text is in the result only.
 * @throws Fault `invalid` without id and name, `not-found` for none and for one that was replaced already, `not-allowed`
 *   for one that may do more than the caller.
 */
export async function rotateToken({ caller, ref, overlapMinutes, origin, clock }: RotateTokenOptions) {
  const { userId } = caller;
  const now = clock.now();
  return prisma().$transaction(async (tx) => {
    const old = await lockOwnToken(tx, { ...ref, userId, now });
    requireNoWider(caller, old);
    const { name, scopes, namePattern } = old;
    const lifeMs = old.expiresAt && old.expiresAt.getTime() - old.createdAt.getTime();
    const expiresAt = lifeMs === null ? null : new Date(now.getTime() + lifeMs);
    const overlapEnd = new Date(now.getTime() + overlapMinutes * MINUTE_MS);
    const oldUntil = old.expiresAt && old.expiresAt < overlapEnd ? old.expiresAt : overlapEnd;
    if (overlapMinutes === 0) await tx.accessToken.delete({ where: { id: old.id } });
    else
      await tx.accessToken.update({ where: { id: old.id }, data: { replacedAt: now, expiresAt: oldUntil } });
    const { token, row } = newTokenRow({ userId, name, scopes, namePattern, createdAt: now, expiresAt });
    await tx.accessToken.create({ data: row });
    const act = { action: 'token.rotate', target: name, detail: { overlapMinutes } };
    await tx.auditEvent.create({ data: auditData(origin, act) });
    return { token, id: row.id, name, expiresAt, oldUntil: overlapMinutes === 0 ? now : oldUntil };
  });
}
