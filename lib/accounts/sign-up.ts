import { createAccount } from '#lib/accounts/create.ts';
import { SETUP_LINK_NEEDED, signUpRefusal } from '#lib/accounts/policy.ts';
import { isSetupCode, removeSetupCode, setupCode } from '#lib/accounts/setup-code.ts';
import type { Origin } from '#lib/audit/record.ts';
import { networkOf } from '#lib/auth/network.ts';
import { countAgainst, type RateLimit } from '#lib/auth/rate-limit.ts';
import { type Clock, HOUR_MS } from '#lib/clock.ts';
import { Fault } from '#lib/errors.ts';
import { countLinkTry } from '#lib/links/limit.ts';

const SIGN_UPS: RateLimit = {
  name: 'sign-up',
  points: 20,
  durationMs: HOUR_MS,
  excess: 'Too many accounts were made from your address',
};

/** Counts an account that somebody makes without an invitation. @throws Fault `too-often` after 20 an hour from an address. */
export async function countSignUp({ address }: Origin): Promise<void> {
  if (address) await countAgainst(SIGN_UPS, networkOf(address));
}

interface SignUpOptions {
  name: string;
  email: string;
  password: string;
  displayName?: string;
  /** Needed by the first account only, which is the administrator's. */
  setupCode?: string;
  /** The secret of an invitation. */
  invitation?: string;
  origin: Origin;
  clock: Clock;
}

/**
 * Makes an account for somebody who asks for one themselves. While there is none, that takes the code of the
 * set-up link; afterwards the sign-up policy decides.
 * @throws Fault `not-allowed` for a missing or wrong code and when sign-up is not open, `too-often`, and those of
 *   `createAccount`.
 */
export async function signUp(options: SignUpOptions): Promise<{ userId: string }> {
  const { setupCode: given, invitation: secret, clock, ...account } = options;
  const code = await setupCode();
  // An invitation is a limit in itself: many people at one address may have one each.
  if (secret !== undefined) await countLinkTry(account.origin);
  else await countSignUp(account.origin);
  if (code === null) {
    const refusal = await signUpRefusal(secret !== undefined);
    if (refusal) throw new Fault('not-allowed', refusal);
    const invitation = secret === undefined ? undefined : { secret, clock };
    return createAccount({ ...account, invitation, isAdmin: false });
  }
  if (!given || !isSetupCode(given, code)) {
    throw new Fault('not-allowed', SETUP_LINK_NEEDED);
  }
  const made = await createAccount({ ...account, isAdmin: true, mustBeFirst: true });
  await removeSetupCode();
  return made;
}
