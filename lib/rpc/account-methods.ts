import { z } from 'zod';
import * as account from '#lib/rpc/account.ts';
import { noInput, optionalText, requiredText } from '#lib/rpc/inputs.ts';
import { type Method, method } from '#lib/rpc/method.ts';

/** What a person does to the account as a whole; ours, for the settings. */
export const accountMethods: Record<string, Method> = {
  'user.identity.setAvatar': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: z.object({ image: requiredText }),
    run: account.changeAvatar,
  }),
  'user.identity.removeAvatar': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: noInput,
    run: account.dropAvatar,
  }),
  'user.identity.delete': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: z.object({ name: requiredText, password: optionalText }),
    run: account.deleteAccount,
  }),
  'user.identity.keep': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: noInput,
    run: account.keep,
  }),
};
