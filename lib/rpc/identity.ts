import { changePassword as changeAccountPassword } from '#lib/accounts/change-password.ts';
import { checkPassword } from '#lib/accounts/check-password.ts';
import { signUp as signUpAccount } from '#lib/accounts/sign-up.ts';
import { updateProfile as updateAccountProfile } from '#lib/accounts/update-profile.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { registryHost } from '#lib/registry/reference.ts';
import type { CallContext, Result, UserContext } from '#lib/rpc/method.ts';
import { createSession } from '#lib/sessions/create.ts';
import { dismissSession } from '#lib/sessions/dismiss.ts';

/** A user as clients read it; some versions fail when one of the first four keys is missing (contract 2.1). */
export function userShape(caller: Caller, baseUrl: string) {
  return {
    _id: caller.userId,
    name: caller.name,
    // Clients up to 0.25.0 show this and nothing else (contract 2.1).
    nickname: caller.displayName ?? caller.name,
    avatarUrl: `${baseUrl}/icon.svg`,
    email: caller.email,
    emailVerified: caller.isEmailVerified,
    status: 'active',
  };
}

/** `user.identity.whoami`: contract 2.1. */
export async function whoami({ caller, baseUrl }: UserContext): Promise<Result> {
  return { kind: 'value', data: userShape(caller, baseUrl) };
}

/** `user.session.getRaw`: contract 2.5. `expireAt` is absent where there is no end. */
export async function getRawSession({ caller }: UserContext): Promise<Result> {
  const { credentialId, userId, createdAt, expiresAt } = caller;
  const data = {
    _id: credentialId,
    userId,
    createdAt: createdAt.toISOString(),
    expireAt: expiresAt?.toISOString(),
  };
  return { kind: 'value', data };
}

/** `user.session.dismiss`: contract 2.5. Ends a session at once; a personal access token stays. */
export async function dismiss({ caller, origin }: UserContext): Promise<Result> {
  if (caller.via === 'session') await dismissSession({ sessionId: caller.credentialId, origin });
  return { kind: 'value', data: null };
}

/** `user.identity.passwordLogin`: contract 2.5. */
export async function passwordLogin(
  { origin, clock }: CallContext,
  { name, password }: { name: string; password: string },
): Promise<Result> {
  const { userId } = await checkPassword({ login: name, password, origin });
  const { token } = await createSession({ userId, origin, clock });
  return { kind: 'value', data: { token } };
}

interface SignUpInput {
  name: string;
  email: string;
  password: string;
  displayName?: string;
  setupCode?: string;
  invitation?: string;
}

/** `user.identity.signUp`: ours; what the sign-up page calls. */
export async function signUp({ origin, clock }: CallContext, input: SignUpInput): Promise<Result> {
  const { userId } = await signUpAccount({ ...input, origin, clock });
  return { kind: 'value', data: { _id: userId, name: input.name } };
}

interface UpdateProfileInput {
  displayName?: string;
  email?: string;
  password?: string;
}

/** `user.identity.updateProfile`: ours; what the settings call. */
export async function updateProfile(
  { caller, origin, clock }: UserContext,
  input: UpdateProfileInput,
): Promise<Result> {
  await updateAccountProfile({ ...input, caller, origin, clock });
  return { kind: 'value', data: null };
}

/** `user.identity.changePassword`: ours; what the settings call. */
export async function changePassword(
  { caller, origin }: UserContext,
  input: { password: string; newPassword: string },
): Promise<Result> {
  await changeAccountPassword({ ...input, caller, origin });
  return { kind: 'value', data: null };
}

/**
 * `dockerRegistry.listInternalRegistries`: contract 6.1. One host, the same however the server was reached: clients
 * write it into their Docker configuration.
 */
export async function listInternalRegistries(): Promise<Result> {
  return { kind: 'value', data: [registryHost()] };
}
