import type { Origin } from '#lib/audit/record.ts';
import { networkOf } from '#lib/auth/network.ts';
import { countAgainst, type RateLimit } from '#lib/auth/rate-limit.ts';
import { hashSecret } from '#lib/auth/secret.ts';
import { type Clock, HOUR_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { createSession } from '#lib/sessions/create.ts';

const TRIES: RateLimit = {
  name: 'login-code',
  points: 300,
  durationMs: HOUR_MS,
  excess: 'Too many login codes were tried from your address',
};

interface GrantLoginOptions {
  code: string;
  state: string;
  origin: Origin;
  clock: Clock;
}

/**
 * Gives the program that was let in its session, once, within a minute of its code (contract 2.3). Such a session may
 * not change the account.
 * @throws Fault `wrong-password` for any other code; `too-often` after 300 an hour from an address.
 */
export async function grantLogin({ code, state, origin, clock }: GrantLoginOptions) {
  if (origin.address) await countAgainst(TRIES, networkOf(origin.address));
  const { rows } = await pool().query<{ userId: string }>(
    `DELETE FROM login_request r USING app_user u
    WHERE r.code_hash = $1 AND r.state_hash = $2 AND r.code_expires_at > now()
      AND u.id = r.user_id AND u.disabled_at IS NULL
    RETURNING u.id AS "userId"`,
    [hashSecret(code), hashSecret(state)],
  );
  const userId = rows[0]?.userId;
  if (!userId)
    throw new Fault(
      'wrong-password',
      'This login code does not count: it is wrong, was used, or is more than a minute old. Log in again.',
    );
  return createSession({ userId, origin, clock, isProgram: true });
}
