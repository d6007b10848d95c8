import { requirePerson } from '#lib/accounts/require-person.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { hashSecret } from '#lib/auth/secret.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';

interface DecideLoginOptions {
  /** What the person's link carried. */
  link: string;
  isApproved: boolean;
  caller: Caller;
  origin: Origin;
}

interface Decided {
  userAgent: string | null;
  address: string | null;
  /** Whether the person signed in too early for this request. */
  isStale: boolean;
}

/**
 * Lets a program in as `caller`, or turns it away; once for each request.
 * @throws Fault `not-found` when it does not wait (any more), `not-allowed` for whoever is no person in a browser, or
 *   signed in before the program asked for a new sign-in.
 */
export async function decideLogin({ link, isApproved, caller, origin }: DecideLoginOptions): Promise<void> {
  requirePerson(caller);
  await transaction(async (client) => {
    const { rows } = await client.query<Decided>(
      `UPDATE login_request SET is_approved = $2, user_id = $3
      WHERE link_hash = $1 AND is_approved IS NULL AND expires_at > now()
      RETURNING user_agent AS "userAgent", address, is_fresh AND created_at > $4 AS "isStale"`,
      [hashSecret(link), isApproved, caller.userId, caller.createdAt],
    );
    const login = rows[0];
    if (!login)
      throw new Fault('not-found', 'This login does not wait any more. Start it again in your program.');
    if (isApproved && login.isStale)
      throw new Fault('not-allowed', 'The program asks for a new sign-in. Sign in again, then approve it.');
    const detail = { address: login.address, client: login.userAgent };
    const action = isApproved ? 'login.approve' : 'login.deny';
    await insertAudit(client, origin, { action, target: caller.name, namespace: caller.name, detail });
  });
}
