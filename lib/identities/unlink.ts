import { requirePerson } from '#lib/accounts/require-person.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { isId } from '#lib/ids.ts';

interface UnlinkIdentityOptions {
  id: string;
  caller: Caller;
  origin: Origin;
}

/**
 * Takes one of the caller's identities away: nobody signs in by it any more. Sessions stay.
 * @throws Fault `not-found` when the caller has no such identity; `not-allowed` when it is the only way to sign in, and
 *   for whoever is no person in a browser.
 */
export async function unlinkIdentity({ id, caller, origin }: UnlinkIdentityOptions): Promise<void> {
  requirePerson(caller);
  await transaction(async (client) => {
    // One at a time for an account: of two at once, the second sees what the first has left.
    const { rows: users } = await client.query<{ hasPassword: boolean }>(
      'SELECT password_hash IS NOT NULL AS "hasPassword" FROM app_user WHERE id = $1 FOR UPDATE',
      [caller.userId],
    );
    const { rows } = await client.query<{ id: string; provider: string; label: string }>(
      'SELECT id, provider, label FROM identity WHERE user_id = $1',
      [caller.userId],
    );
    const identity = isId(id) ? rows.find((row) => row.id === id) : undefined;
    if (!identity)
      throw new Fault('not-found', 'You have no such sign-in method; it may be unlinked already.');
    if (rows.length === 1 && !users[0]?.hasPassword)
      throw new Fault(
        'not-allowed',
        'This is your only way to sign in. Set a password or link another one first.',
      );
    await client.query('DELETE FROM identity WHERE id = $1', [id]);
    const { provider, label } = identity;
    const act = {
      action: 'account.unlink',
      target: caller.name,
      namespace: caller.name,
      detail: { provider, label },
    };
    await insertAudit(client, origin, act);
  });
}
