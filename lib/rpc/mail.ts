import { askReset, resetPassword as resetAccountPassword } from '#lib/accounts/reset-password.ts';
import {
  sendVerification as sendAccountVerification,
  verifyEmail as verifyAccountEmail,
} from '#lib/accounts/verify-email.ts';
import type { CallContext, Result, UserContext } from '#lib/rpc/method.ts';

/** `user.identity.sendVerification`: ours; what the settings call. */
export async function sendVerification(context: UserContext): Promise<Result> {
  await sendAccountVerification(context);
  return { kind: 'value', data: null };
}

/** `user.identity.verifyEmail`: ours; what the page of the link calls. */
export async function verifyEmail(
  { origin, clock }: CallContext,
  { link }: { link: string },
): Promise<Result> {
  return { kind: 'value', data: { email: await verifyAccountEmail({ secret: link, origin, clock }) } };
}

/** `user.identity.forgotPassword`: ours. Always the same answer. */
export async function forgotPassword(context: CallContext, { name }: { name: string }): Promise<Result> {
  await askReset({ ...context, login: name });
  return { kind: 'value', data: null };
}

/** `user.identity.resetPassword`: ours; what the page of the link calls. */
export async function resetPassword(
  { origin, clock }: CallContext,
  { link, password }: { link: string; password: string },
): Promise<Result> {
  const name = await resetAccountPassword({ secret: link, password, origin, clock });
  return { kind: 'value', data: { name } };
}
