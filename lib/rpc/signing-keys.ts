import type { Result, UserContext } from '#lib/rpc/method.ts';
import { addSigningKey } from '#lib/signing-keys/add.ts';
import { listSigningKeys } from '#lib/signing-keys/list.ts';
import { removeSigningKey } from '#lib/signing-keys/remove.ts';

/** `signingKey.list`: ours; the public keys whose signatures of images count in the caller's namespace. */
export async function listKeys({ caller }: UserContext): Promise<Result> {
  const keys = await listSigningKeys(caller.namespaceId);
  const data = keys.map(({ id, createdAt, ...key }) => ({
    _id: id,
    ...key,
    createdAt: createdAt.toISOString(),
  }));
  return { kind: 'value', data: { signing_keys: data } };
}

/** `signingKey.add`: ours. */
export async function addKey(
  { caller, origin, clock }: UserContext,
  { name, pem }: { name: string; pem: string },
): Promise<Result> {
  const { id, fingerprint } = await addSigningKey({ caller, origin, clock, name, pem });
  return { kind: 'value', data: { _id: id, name, fingerprint } };
}

/** `signingKey.remove`: ours. */
export async function removeKey(
  { caller, origin }: UserContext,
  ref: { id?: string; name?: string },
): Promise<Result> {
  await removeSigningKey({ caller, origin, ...ref });
  return { kind: 'value', data: null };
}
