import { createAccount } from '#lib/accounts/create.ts';
import { SETUP_LINK_NEEDED, signUpRefusal } from '#lib/accounts/policy.ts';
import { countSignUp } from '#lib/accounts/sign-up.ts';
import type { Origin } from '#lib/audit/record.ts';
import type { Clock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { findPending } from '#lib/identities/pending.ts';

/** The sentence that says why somebody from this provider cannot make an account, or null when they can. */
export async function providerSignUpRefusal(provider: string): Promise<string | null> {
  if (!(await prisma().user.findFirst({ select: { id: true } }))) return SETUP_LINK_NEEDED;
  const settings = env().providers.find(({ key }) => key === provider);
  if (!settings) return 'This way to sign in is switched off. Choose another one.';
  return settings.isOpen ? null : signUpRefusal(false);
}

interface SignUpPendingOptions {
  /** Of the person's cookie. */
  secret: string | undefined;
  name: string;
  displayName?: string;
  origin: Origin;
  clock: Clock;
}

/**
 * Makes the account of somebody whom a provider has sent, without a password; once for each time.
 * @throws Fault `not-allowed` when they are not waiting (any more) and when sign-up is not open, and those of
 *   `createAccount`.
 */
export async function signUpPending(
  options: SignUpPendingOptions,
): Promise<{ userId: string; provider: string }> {
  const { secret, name, displayName, origin, clock } = options;
  const pending = await findPending(secret, clock);
  if (!pending)
    throw new Fault('not-allowed', 'This sign-up was used already or took too long. Sign in once more.');
  await countSignUp(origin);
  const refusal = await providerSignUpRefusal(pending.provider);
  if (refusal) throw new Fault('not-allowed', refusal);
  const { userId } = await createAccount({
    name,
    displayName,
    email: pending.email,
    identity: { ...pending, clock },
    isAdmin: false,
    origin,
  });
  return { userId, provider: pending.provider };
}
