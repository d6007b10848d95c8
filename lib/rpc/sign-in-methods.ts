import { z } from 'zod';
import * as identities from '#lib/rpc/identities.ts';
import { noInput, requiredText } from '#lib/rpc/inputs.ts';
import { type Method, method } from '#lib/rpc/method.ts';

/** How an account signs in: what the settings call. */
export const signInMethods: Record<string, Method> = {
  'user.identity.listMethods': method({
    access: 'user',
    effect: 'read',
    scope: null,
    input: noInput,
    run: identities.list,
  }),
  'user.identity.unlink': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: z.object({ id: requiredText }),
    run: identities.unlink,
  }),
  'user.identity.setPassword': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: z.object({ newPassword: requiredText }),
    run: identities.setPassword,
  }),
};
