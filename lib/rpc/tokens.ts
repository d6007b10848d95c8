import type { CallContext, Result, UserContext } from '#lib/rpc/method.ts';
import { createToken } from '#lib/tokens/create.ts';
import type { TokenRef } from '#lib/tokens/find-own.ts';
import { countNewToken } from '#lib/tokens/limit.ts';
import { listTokens } from '#lib/tokens/list.ts';
import { patternWithin } from '#lib/tokens/name-pattern.ts';
import { renameToken } from '#lib/tokens/rename.ts';
import { reportLeak } from '#lib/tokens/report-leak.ts';
import { requireCurrent } from '#lib/tokens/require-current.ts';
import { revokeToken } from '#lib/tokens/revoke.ts';
import { rotateToken } from '#lib/tokens/rotate.ts';
import { scopesWithin } from '#lib/tokens/scopes.ts';

/** What `user.pat.create` makes when the client does not say for how long. */
export const DEFAULT_TOKEN_DAYS = 30;

interface CreateInput {
  name: string;
  /** Texts that may be scopes; none for all that the caller may do. */
  scopes: string[];
  /** What names it is limited to; absent for all that the caller may touch. */
  namePattern?: string;
  expirationDays: number;
}

/** `user.pat.create`: contract 3. The only reply that ever holds the secret. */
export async function createPat(
  context: UserContext,
  { name, scopes, namePattern, expirationDays }: CreateInput,
): Promise<Result> {
  const { caller, origin, clock } = context;
  await countNewToken(origin, caller.userId);
  await requireCurrent(caller);
  const made = await createToken({
    userId: caller.userId,
    name,
    days: expirationDays,
    scopes: scopesWithin(caller.scopes, scopes),
    namePattern: patternWithin(caller.namePattern, namePattern),
    origin,
    clock,
  });
  const data = { _id: made.id, name, token: made.token, expireAt: made.expiresAt?.toISOString() ?? null };
  return { kind: 'value', data };
}

/** `user.pat.list`: contract 3. The CLI prints these values in a table: texts or null, nothing else. */
export async function listPats({ caller, clock }: UserContext): Promise<Result> {
  const tokens = await listTokens(caller.userId, clock);
  const items = tokens.map((token) => ({
    _id: token.id,
    name: token.name,
    type: 'pat',
    prefix: token.prefix,
    scopes: token.scopes,
    namePattern: token.namePattern,
    createdAt: token.createdAt.toISOString(),
    expireAt: token.expiresAt?.toISOString() ?? null,
    updatedAt: token.lastUsedAt?.toISOString() ?? null,
  }));
  return { kind: 'value', data: { personal_access_tokens: items } };
}

/** `user.pat.delete`: contract 3. */
export async function deletePat({ caller, origin }: UserContext, ref: TokenRef): Promise<Result> {
  await revokeToken({ userId: caller.userId, ...ref, origin });
  return { kind: 'value', data: null };
}

/** `user.pat.rename`: ours; what the settings call. */
export async function renamePat(
  { caller, origin, clock }: UserContext,
  { newName, ...ref }: TokenRef & { newName: string },
): Promise<Result> {
  await requireCurrent(caller);
  await renameToken({ userId: caller.userId, ref, newName, origin, clock });
  return { kind: 'value', data: null };
}

/** `user.pat.rotate`: ours. Like that of `user.pat.create` the reply holds the secret, and then no other one. */
export async function rotatePat(
  context: UserContext,
  { overlapMinutes, ...ref }: TokenRef & { overlapMinutes: number },
): Promise<Result> {
  await countNewToken(context.origin, context.caller.userId);
  await requireCurrent(context.caller);
  const made = await rotateToken({ ...context, ref, overlapMinutes });
  const data = {
    _id: made.id,
    name: made.name,
    token: made.token,
    expireAt: made.expiresAt?.toISOString() ?? null,
    oldExpireAt: made.oldUntil.toISOString(),
  };
  return { kind: 'value', data };
}

/** `user.pat.reportLeak`: ours; for whoever finds a token where it should not be. Always the same answer. */
export async function reportLeakedPat(
  { origin }: CallContext,
  { token }: { token: string },
): Promise<Result> {
  await reportLeak({ token, origin });
  return { kind: 'value', data: null };
}
