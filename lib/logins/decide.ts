import { requirePerson } from '#lib/accounts/require-person.ts';
import { insertAudit, type Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { hashSecret, newSecret } from '#lib/auth/secret.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { CODE_SECONDS } from '#lib/logins/code.ts';

interface DecideLoginOptions {
  /** What the person's link carried. */
  link: string;
  isApproved: boolean;
  caller: Caller;
  origin: Origin;
}

/** What the person's browser has to take to a program that does not wait on a stream. */
export interface Delivery {
  uri: string;
  sendsForm: boolean;
  fields: Record<string, string>;
}

interface Decided {
  userAgent: string | null;
  address: string | null;
  /** Whether the person signed in too early for this request. */
  isStale: boolean;
  redirectUri: string | null;
  sendsForm: boolean;
  state: string | null;
}

const DECIDE = `
  UPDATE login_request SET is_approved = $2, user_id = $3,
    code_hash = CASE WHEN redirect_uri IS NOT NULL AND $2 THEN $5::bytea END,
    code_expires_at = now() + make_interval(secs => $6)
  WHERE link_hash = $1 AND is_approved IS NULL AND expires_at > now()
  RETURNING user_agent AS "userAgent", address, is_fresh AND created_at > $4 AS "isStale",
    redirect_uri AS "redirectUri", sends_form AS "sendsForm", state`;

function deliveryOf({ redirectUri, sendsForm, state }: Decided, code: string | null): Delivery | null {
  if (redirectUri === null || state === null) return null;
  const fields: Record<string, string> = code
    ? { code, state }
    : { error: 'access_denied', error_description: 'The login was denied in the browser.', state };
  return { uri: redirectUri, sendsForm, fields };
}

/**
 * Lets a program in as `caller`, or turns it away; once for each request.
 * @returns what the browser has to take to the program; null when that waits on a stream.
 * @throws Fault `not-found` when it does not wait (any more), `not-allowed` for whoever is no person in a browser, or
 *   signed in before the program asked for a new sign-in.
 */
export async function decideLogin({
  link,
  isApproved,
  caller,
  origin,
}: DecideLoginOptions): Promise<Delivery | null> {
  requirePerson(caller);
  const code = newSecret();
  const values = [
    hashSecret(link),
    isApproved,
    caller.userId,
    caller.createdAt,
    hashSecret(code),
    CODE_SECONDS,
  ];
  return transaction(async (client) => {
    const { rows } = await client.query<Decided>(DECIDE, values);
    const login = rows[0];
    if (!login)
      throw new Fault('not-found', 'This login does not wait any more. Start it again in your program.');
    if (isApproved && login.isStale)
      throw new Fault('not-allowed', 'The program asks for a new sign-in. Sign in again, then approve it.');
    const detail = { address: login.address, client: login.userAgent, redirect: login.redirectUri };
    const action = isApproved ? 'login.approve' : 'login.deny';
    await insertAudit(client, origin, { action, target: caller.name, namespace: caller.name, detail });
    return deliveryOf(login, isApproved ? code : null);
  });
}
