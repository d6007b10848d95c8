import type { Prisma } from '#generated/prisma/client.ts';
import { auditData, type Origin } from '#lib/audit/record.ts';
import { prisma } from '#lib/db/prisma.ts';
import { env } from '#lib/env.ts';

/** What somebody reads who signs up without the set-up link while there is no account. */
export const SETUP_LINK_NEEDED =
  'This server has no account yet. Open the set-up link that it printed when it started.';

export const SIGN_UP_POLICIES = ['open', 'invite', 'closed'] as const;
export type SignUpPolicy = (typeof SIGN_UP_POLICIES)[number];

/** The row of `setting` that holds an administrator's choice. */
const KEY = 'sign-up';

export interface CurrentPolicy {
  policy: SignUpPolicy;
  /** An administrator chose it; else it is what the variable says, or what the server does without one. */
  from: 'choice' | 'variable' | 'default';
}

/** Who may sign up: an administrator's choice wins over the variable SIGN_UP. */
export async function signUpPolicy(tx: Prisma.TransactionClient = prisma()): Promise<CurrentPolicy> {
  const row = await tx.setting.findUnique({ where: { key: KEY } });
  const chosen = SIGN_UP_POLICIES.find((policy) => policy === row?.value);
  if (chosen) return { policy: chosen, from: 'choice' };
  return { policy: env().SIGN_UP, from: env().SIGN_UP_GIVEN ? 'variable' : 'default' };
}

/** The sentence that says why nobody may sign up, with an invitation or without; null when they may. */
export async function signUpRefusal(hasInvitation: boolean): Promise<string | null> {
  const { policy } = await signUpPolicy();
  if (policy === 'closed') return 'This server takes no new accounts.';
  if (policy === 'open' || hasInvitation) return null;
  return 'On this server an administrator adds accounts. Ask one for an invitation.';
}

/** Chooses who may sign up, from now on and on every replica; null goes back to the variable SIGN_UP. */
export async function setSignUpPolicy(policy: SignUpPolicy | null, origin: Origin): Promise<void> {
  const act = auditData(origin, { action: 'admin.signUp', target: policy ?? 'default' });
  await prisma().$transaction([
    policy
      ? prisma().setting.upsert({
          where: { key: KEY },
          create: { key: KEY, value: policy },
          update: { value: policy },
        })
      : prisma().setting.deleteMany({ where: { key: KEY } }),
    prisma().auditEvent.create({ data: act }),
  ]);
}
