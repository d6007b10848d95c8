import { requirePerson } from '#lib/accounts/require-person.ts';
import { setPassword as setAccountPassword } from '#lib/accounts/set-password.ts';
import { listSignInMethods } from '#lib/identities/list.ts';
import { unlinkIdentity } from '#lib/identities/unlink.ts';
import type { Result, UserContext } from '#lib/rpc/method.ts';

/** `user.identity.listMethods`: ours. */
export async function list({ caller }: UserContext): Promise<Result> {
  requirePerson(caller);
  const { hasPassword, identities, providers } = await listSignInMethods(caller.userId);
  const linked = identities.map(({ id, ...identity }) => ({ _id: id, ...identity }));
  return { kind: 'value', data: { hasPassword, identities: linked, providers } };
}

/** `user.identity.unlink`: ours; what the settings call. */
export async function unlink({ caller, origin }: UserContext, { id }: { id: string }): Promise<Result> {
  await unlinkIdentity({ id, caller, origin });
  return { kind: 'value', data: null };
}

/** `user.identity.setPassword`: ours; what the settings call. */
export async function setPassword(
  { caller, origin, clock }: UserContext,
  { newPassword }: { newPassword: string },
): Promise<Result> {
  await setAccountPassword({ caller, newPassword, origin, clock });
  return { kind: 'value', data: null };
}
