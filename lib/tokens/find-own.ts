import type { Prisma } from '#generated/prisma/client.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { Fault } from '#lib/errors.ts';

/** A token as its owner names it: by id, or by name, which then means the one that was not replaced. */
export interface TokenRef {
  id?: string;
  name?: string;
}

/** What a person is told who has no such token. */
export function noSuchToken(): Fault {
  return new Fault('not-found', 'You have no token of this name. List your tokens to see what there is.');
}

/** @throws Fault `invalid` for a reference to nothing, `not-found` for one that nothing can have. */
export function requireTokenRef({ id, name }: TokenRef): void {
  if (id === undefined && name === undefined)
    throw new Fault('invalid', 'Say which token: give its name or its id.');
  if (!isKeepable(id ?? name ?? '')) throw noSuchToken();
}

/**
 * One of the user's tokens that still counts and was not replaced, locked until the transaction ends.
 * @throws Fault `invalid` without id and name, `not-found`.
 */
export async function lockOwnToken(
  tx: Prisma.TransactionClient,
  { userId, now, ...ref }: TokenRef & { userId: string; now: Date },
) {
  requireTokenRef(ref);
  const { id = null, name = null } = ref;
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM access_token
    WHERE user_id = ${userId} AND replaced_at IS NULL AND (expires_at IS NULL OR expires_at > ${now})
      AND CASE WHEN ${id}::text IS NULL THEN name = ${name} ELSE id = ${id} END
    FOR UPDATE`;
  if (!found) throw noSuchToken();
  return tx.accessToken.findUniqueOrThrow({ where: { id: found.id } });
}
