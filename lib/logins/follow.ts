import { setTimeout as delay } from 'node:timers/promises';
import { hashSecret, newSecret } from '#lib/auth/secret.ts';
import { MINUTE_MS } from '#lib/clock.ts';
import { isDatabaseAway } from '#lib/db/is-away.ts';
import { pool } from '#lib/db/pool.ts';
import { type AskedLogin, LOGIN_MINUTES } from '#lib/logins/ask.ts';
import { CODE_SECONDS } from '#lib/logins/code.ts';
import { isStopping } from '#lib/stopping.ts';

/** How often a program's server looks: the person may decide on another replica. */
const LOOK_EVERY_MS = 500;

/** What becomes of a login; `code` is for `grantLogin`. */
export type LoginOutcome =
  | { kind: 'approved'; code: string }
  | { kind: 'denied' }
  | { kind: 'over' }
  | { kind: 'stopping' };

type State = 'waiting' | 'approved' | 'denied' | 'over';

async function look(id: string): Promise<State> {
  try {
    const { rows } = await pool().query<{ isApproved: boolean | null; isOver: boolean }>({
      name: 'look-at-login',
      text: 'SELECT is_approved AS "isApproved", expires_at <= now() AS "isOver" FROM login_request WHERE id = $1',
      values: [id],
    });
    const row = rows[0];
    if (!row || (row.isApproved === null && row.isOver)) return 'over';
    if (row.isApproved === null) return 'waiting';
    return row.isApproved ? 'approved' : 'denied';
  } catch (error) {
    // It may be back before the time is over.
    if (isDatabaseAway(error)) return 'waiting';
    throw error;
  }
}

/** Makes the code of a login that was approved. Only its hash is kept, so only who follows it learns it. */
async function makeCode(id: string): Promise<string> {
  const code = newSecret();
  await pool().query(
    `UPDATE login_request SET code_hash = $2, code_expires_at = now() + make_interval(secs => $3) WHERE id = $1`,
    [id, hashSecret(code), CODE_SECONDS],
  );
  return code;
}

/**
 * Waits until a person has decided, on whatever replica, or the time is over.
 * @param signal ends the waiting, which then throws: the program is gone.
 */
export async function followLogin({ id }: AskedLogin, signal: AbortSignal): Promise<LoginOutcome> {
  // The database says when the time is over; this is for one that does not come back.
  const end = Date.now() + (LOGIN_MINUTES + 1) * MINUTE_MS;
  while (Date.now() < end) {
    const state = await look(id);
    if (state === 'approved') return { kind: 'approved', code: await makeCode(id) };
    if (state !== 'waiting') return { kind: state };
    if (isStopping()) return { kind: 'stopping' };
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
  return { kind: 'over' };
}

/** Forgets a login that nobody waits for any more; one with a code is left to whoever has it. */
export async function dropLogin({ id }: AskedLogin): Promise<void> {
  await pool().query('DELETE FROM login_request WHERE id = $1 AND code_hash IS NULL', [id]);
}
