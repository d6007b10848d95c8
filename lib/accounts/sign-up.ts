import { createAccount } from '#lib/accounts/create.ts';
import { SETUP_LINK_NEEDED, signUpRefusal } from '#lib/accounts/policy.ts';
import { isSetupCode, removeSetupCode, setupCode } from '#lib/accounts/setup-code.ts';
import type { Origin } from '#lib/audit/record.ts';
import { Fault } from '#lib/errors.ts';

interface SignUpOptions {
  name: string;
  email: string;
  password: string;
  displayName?: string;
  /** Needed by the first account only, which is the administrator's. */
  setupCode?: string;
  origin: Origin;
}

/**
 * Makes an account for somebody who asks for one themselves. While there is none, that takes the code of the
 * set-up link; afterwards `SIGN_UP` decides.
 * @throws Fault `not-allowed` for a missing or wrong code and when sign-up is not open, and those of `createAccount`.
 */
export async function signUp({ setupCode: given, ...account }: SignUpOptions): Promise<{ userId: string }> {
  const code = await setupCode();
  if (code === null) {
    const refusal = signUpRefusal();
    if (refusal) throw new Fault('not-allowed', refusal);
    return createAccount({ ...account, isAdmin: false });
  }
  if (!given || !isSetupCode(given, code)) {
    throw new Fault('not-allowed', SETUP_LINK_NEEDED);
  }
  const made = await createAccount({ ...account, isAdmin: true, mustBeFirst: true });
  await removeSetupCode();
  return made;
}
