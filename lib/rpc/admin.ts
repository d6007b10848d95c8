import { setDisabled as setUserDisabled } from '#lib/accounts/disable.ts';
import { type SignUpPolicy, setSignUpPolicy } from '#lib/accounts/policy.ts';
import { makeResetLink as makeUserResetLink } from '#lib/accounts/reset-password.ts';
import { setQuota as setUserQuota } from '#lib/accounts/set-quota.ts';
import { markVerified } from '#lib/accounts/verify-email.ts';
import { createInvitation as createAccountInvitation } from '#lib/invitations/create.ts';
import { revokeInvitation as revokeAccountInvitation } from '#lib/invitations/revoke.ts';
import { linkAddress } from '#lib/links/kind.ts';
import { retryMails } from '#lib/mail/retry.ts';
import type { Result, UserContext } from '#lib/rpc/method.ts';

/** `admin.invitation.create`: ours. `link` is null when it went by mail. */
export async function createInvitation(
  { origin, clock, baseUrl }: UserContext,
  { email }: { email?: string },
): Promise<Result> {
  const { id, secret, expiresAt } = await createAccountInvitation({ email, baseUrl, origin, clock });
  const link = secret && linkAddress('invitation', baseUrl, secret);
  return { kind: 'value', data: { _id: id, link, expireAt: expiresAt.toISOString() } };
}

/** `admin.invitation.revoke`: ours. */
export async function revokeInvitation({ origin }: UserContext, { id }: { id: string }): Promise<Result> {
  await revokeAccountInvitation({ id, origin });
  return { kind: 'value', data: null };
}

/** `admin.user.setQuota`: ours. */
export async function setQuota(
  { origin }: UserContext,
  { name, quotaBytes }: { name: string; quotaBytes: number },
): Promise<Result> {
  await setUserQuota({ name, quotaBytes, origin });
  return { kind: 'value', data: null };
}

/** `admin.user.setDisabled`: ours. */
export async function setDisabled(
  { origin, clock }: UserContext,
  { name, isDisabled }: { name: string; isDisabled: boolean },
): Promise<Result> {
  await setUserDisabled({ name, isDisabled, origin, clock });
  return { kind: 'value', data: null };
}

/** `admin.user.verifyEmail`: ours. */
export async function verifyEmail(
  { origin, clock }: UserContext,
  { name }: { name: string },
): Promise<Result> {
  await markVerified({ name, origin, clock });
  return { kind: 'value', data: null };
}

/** `admin.user.makeResetLink`: ours. The only reply that holds the link. */
export async function makeResetLink(
  { origin, clock, baseUrl }: UserContext,
  { name }: { name: string },
): Promise<Result> {
  const { secret, expiresAt } = await makeUserResetLink({ name, origin, clock });
  const link = linkAddress('resetPassword', baseUrl, secret);
  return { kind: 'value', data: { link, expireAt: expiresAt.toISOString() } };
}

/** `admin.signUp.setPolicy`: ours. */
export async function setPolicy(
  { origin }: UserContext,
  { policy }: { policy: SignUpPolicy | 'default' },
): Promise<Result> {
  await setSignUpPolicy(policy === 'default' ? null : policy, origin);
  return { kind: 'value', data: null };
}

/** `admin.mail.retry`: ours. */
export async function retryMail({ origin, clock }: UserContext, { id }: { id: string }): Promise<Result> {
  await retryMails({ id, origin, clock });
  return { kind: 'value', data: null };
}
