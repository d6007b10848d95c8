import { z } from 'zod';
import { noInput, optionalText, requiredText } from '#lib/rpc/inputs.ts';
import { type Method, method } from '#lib/rpc/method.ts';
import * as keys from '#lib/rpc/signing-keys.ts';

/** The public keys by which images of Executors are verified: ours (docs/signatures.md). */
export const signingKeyMethods: Record<string, Method> = {
  'signingKey.list': method({
    access: 'user',
    effect: 'read',
    scope: 'token:manage',
    input: noInput,
    run: keys.listKeys,
  }),
  'signingKey.add': method({
    access: 'user',
    effect: 'write',
    scope: 'token:manage',
    input: z.object({ name: requiredText, pem: requiredText }),
    run: keys.addKey,
  }),
  'signingKey.remove': method({
    access: 'user',
    effect: 'write',
    scope: 'token:manage',
    input: z.object({ id: optionalText, name: optionalText }),
    run: keys.removeKey,
  }),
};
