import { z } from 'zod';
import { SIGN_UP_POLICIES } from '#lib/accounts/policy.ts';
import * as admin from '#lib/rpc/admin.ts';
import {
  optionalText,
  requiredBoolean,
  requiredChoice,
  requiredInteger,
  requiredText,
} from '#lib/rpc/inputs.ts';
import { type Method, method } from '#lib/rpc/method.ts';

/** What administrators do; ours, for the pages. */
export const adminMethods: Record<string, Method> = {
  'admin.user.setQuota': method({
    access: 'administrator',
    effect: 'write',
    scope: null,
    input: z.object({ name: requiredText, quotaBytes: requiredInteger(0, Number.MAX_SAFE_INTEGER) }),
    run: admin.setQuota,
  }),
  'admin.user.setDisabled': method({
    access: 'administrator',
    effect: 'write',
    scope: null,
    input: z.object({ name: requiredText, isDisabled: requiredBoolean }),
    run: admin.setDisabled,
  }),
  'admin.user.verifyEmail': method({
    access: 'administrator',
    effect: 'write',
    scope: null,
    input: z.object({ name: requiredText }),
    run: admin.verifyEmail,
  }),
  'admin.user.makeResetLink': method({
    access: 'administrator',
    effect: 'write',
    scope: null,
    input: z.object({ name: requiredText }),
    run: admin.makeResetLink,
  }),
  'admin.invitation.create': method({
    access: 'administrator',
    effect: 'write',
    scope: null,
    input: z.object({ email: optionalText }),
    run: admin.createInvitation,
  }),
  'admin.invitation.revoke': method({
    access: 'administrator',
    effect: 'write',
    scope: null,
    input: z.object({ id: requiredText }),
    run: admin.revokeInvitation,
  }),
  'admin.signUp.setPolicy': method({
    access: 'administrator',
    effect: 'write',
    scope: null,
    input: z.object({ policy: requiredChoice(...SIGN_UP_POLICIES, 'default') }),
    run: admin.setPolicy,
  }),
  'admin.mail.retry': method({
    access: 'administrator',
    effect: 'write',
    scope: null,
    input: z.object({ id: requiredText }),
    run: admin.retryMail,
  }),
};
