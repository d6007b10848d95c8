import { z } from 'zod';
import { noInput, requiredText } from '#lib/rpc/inputs.ts';
import * as mail from '#lib/rpc/mail.ts';
import { type Method, method } from '#lib/rpc/method.ts';

/** What goes by mail, and the links that come back; ours, for the pages. */
export const mailMethods: Record<string, Method> = {
  'user.identity.sendVerification': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: noInput,
    run: mail.sendVerification,
  }),
  'user.identity.verifyEmail': method({
    access: 'anyone',
    effect: 'write',
    scope: null,
    input: z.object({ link: requiredText }),
    run: mail.verifyEmail,
  }),
  'user.identity.forgotPassword': method({
    access: 'anyone',
    effect: 'write',
    scope: null,
    input: z.object({ name: requiredText }),
    run: mail.forgotPassword,
  }),
  'user.identity.resetPassword': method({
    access: 'anyone',
    effect: 'write',
    scope: null,
    input: z.object({ link: requiredText, password: requiredText }),
    run: mail.resetPassword,
  }),
};
