import { hasPassword, requirePassword } from '#lib/accounts/change-password.ts';
import type { Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { type Clock, MINUTE_MS } from '#lib/clock.ts';
import { Fault } from '#lib/errors.ts';

/** A sign-in that is newer is proof enough where there is no password. */
const RECENT_MS = 10 * MINUTE_MS;

/** @throws Fault `not-allowed` for a session that began longer than ten minutes ago. */
export function requireRecent({ createdAt }: Caller, clock: Clock): void {
  if (clock.now().getTime() - createdAt.getTime() <= RECENT_MS) return;
  throw new Fault(
    'not-allowed',
    'This needs a sign-in of the last ten minutes. Sign out, sign in again, and do it then.',
  );
}

interface ProofOptions {
  caller: Caller;
  /** The current one, where the account has one. */
  password?: string;
  origin: Origin;
  clock: Clock;
}

/**
 * Asks once more whether it is the person: by the password, or by a new sign-in where the account has none.
 * @throws Fault `wrong-password`, `too-often`; `not-allowed` for an old sign-in of an account without a password.
 */
export async function requireProof({ caller, password, origin, clock }: ProofOptions): Promise<void> {
  if (!(await hasPassword(caller.userId))) return requireRecent(caller, clock);
  if (!password) throw new Fault('wrong-password', 'This needs your current password. Enter it as well.');
  await requirePassword({ caller, password, origin });
}
