import { keepAccount, scheduleDeletion } from '#lib/accounts/schedule-deletion.ts';
import { removeAvatar, setAvatar } from '#lib/avatars/set.ts';
import type { Result, UserContext } from '#lib/rpc/method.ts';

/** `user.identity.delete`: ours; what the settings call. The account goes on until then. */
export async function deleteAccount(
  { caller, origin, clock }: UserContext,
  input: { name: string; password?: string },
): Promise<Result> {
  const deleteAt = await scheduleDeletion({ ...input, caller, origin, clock });
  return { kind: 'value', data: { deleteAt: deleteAt.toISOString() } };
}

/** `user.identity.keep`: ours; takes `user.identity.delete` back. */
export async function keep({ caller, origin }: UserContext): Promise<Result> {
  await keepAccount({ caller, origin });
  return { kind: 'value', data: null };
}

/** `user.identity.setAvatar`: ours; `image` is base64, which is small enough for the body of a call. */
export async function changeAvatar(
  { caller, origin, clock }: UserContext,
  { image }: { image: string },
): Promise<Result> {
  return { kind: 'value', data: { sha256: await setAvatar({ caller, image, origin, clock }) } };
}

/** `user.identity.removeAvatar`: ours. */
export async function dropAvatar({ caller, origin }: UserContext): Promise<Result> {
  await removeAvatar({ caller, origin });
  return { kind: 'value', data: null };
}
