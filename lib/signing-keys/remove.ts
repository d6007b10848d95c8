import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { requireWhole } from '#lib/signing-keys/require-whole.ts';

interface RemoveOptions {
  caller: Caller;
  origin: Origin;
  /** One of the two. */
  id?: string;
  name?: string;
}

function noSuchKey(): Fault {
  return new Fault('not-found', 'You have no such signing key. List your signing keys to see what there is.');
}

/**
 * Removes a key of the caller's namespace: what it signed counts no more, until the key is added again.
 * @throws Fault `invalid` without id and name, `not-found`, `not-allowed` for a token that may not.
 */
export async function removeSigningKey({ caller, origin, id, name }: RemoveOptions): Promise<void> {
  await requireWhole(caller);
  if (id === undefined && name === undefined)
    throw new Fault('invalid', 'Say which signing key: give its name or its id.');
  if (!isKeepable(id ?? name ?? '')) throw noSuchKey();
  await transaction(async (client) => {
    const { rows } = await client.query<{ name: string; fingerprint: string }>(
      `DELETE FROM signing_key WHERE namespace_id = $1 AND CASE WHEN $2::text IS NULL THEN name = $3 ELSE id = $2 END
       RETURNING name, fingerprint`,
      [caller.namespaceId, id ?? null, name ?? null],
    );
    const [removed] = rows;
    if (!removed) throw noSuchKey();
    const detail = { fingerprint: removed.fingerprint };
    await insertAudit(client, origin, { action: 'signingKey.remove', target: removed.name, detail });
  });
}
