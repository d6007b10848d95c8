import { absentMethods } from '#lib/rpc/absent.ts';
import { accountMethods } from '#lib/rpc/account-methods.ts';
import { adminMethods } from '#lib/rpc/admin-methods.ts';
import { artifactMethods } from '#lib/rpc/artifact-methods.ts';
import { executorImageMethods } from '#lib/rpc/executor-image-methods.ts';
import { executorManageMethods } from '#lib/rpc/executor-manage-methods.ts';
import { executorMethods } from '#lib/rpc/executor-methods.ts';
import { identityMethods } from '#lib/rpc/identity-methods.ts';
import { loginMethods } from '#lib/rpc/login-methods.ts';
import { mailMethods } from '#lib/rpc/mail-methods.ts';
import type { Method } from '#lib/rpc/method.ts';
import { sessionMethods } from '#lib/rpc/session-methods.ts';
import { signInMethods } from '#lib/rpc/sign-in-methods.ts';
import { signingKeyMethods } from '#lib/rpc/signing-key-methods.ts';
import { tokenMethods } from '#lib/rpc/token-methods.ts';

/**
 * The whole API: each method's name, who may call it, whether it changes anything, what a limited token needs, what
 * it reads, and what it does. `/v2/rpc/a.b.c` and `/v2/a/b/c` both end here.
 */
export const methods: Record<string, Method> = {
  ...identityMethods,
  ...accountMethods,
  ...loginMethods,
  ...sessionMethods,
  ...signInMethods,
  ...tokenMethods,
  ...signingKeyMethods,
  ...mailMethods,
  ...adminMethods,
  ...artifactMethods,
  ...executorMethods,
  ...executorManageMethods,
  ...executorImageMethods,
  ...absentMethods,
};
