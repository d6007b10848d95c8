import { z } from 'zod';
import * as identity from '#lib/rpc/identity.ts';
import { noInput, optionalText, requiredText } from '#lib/rpc/inputs.ts';
import { type Method, method } from '#lib/rpc/method.ts';

/** Accounts: contract 2.5 and 2.6, and the settings of the pages. */
export const identityMethods: Record<string, Method> = {
  'user.identity.whoami': method({
    access: 'user',
    effect: 'read',
    scope: null,
    input: noInput,
    run: identity.whoami,
  }),
  'user.identity.passwordLogin': method({
    access: 'anyone',
    effect: 'write',
    scope: null,
    input: z.object({ name: requiredText, password: requiredText }),
    run: identity.passwordLogin,
  }),
  'user.identity.signUp': method({
    access: 'anyone',
    effect: 'write',
    scope: null,
    input: z.object({
      name: requiredText,
      email: requiredText,
      password: requiredText,
      displayName: optionalText,
      setupCode: optionalText,
      invitation: optionalText,
    }),
    run: identity.signUp,
  }),
  'user.identity.updateProfile': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: z.object({ displayName: optionalText, email: optionalText, password: optionalText }),
    run: identity.updateProfile,
  }),
  'user.identity.changePassword': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: z.object({ password: requiredText, newPassword: requiredText }),
    run: identity.changePassword,
  }),
  'dockerRegistry.listInternalRegistries': method({
    access: 'anyone',
    effect: 'read',
    scope: null,
    input: noInput,
    run: identity.listInternalRegistries,
  }),
};
