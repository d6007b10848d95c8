import { z } from 'zod';
import * as images from '#lib/rpc/executor-images.ts';
import { optionalText, requiredText } from '#lib/rpc/inputs.ts';
import { type Method, method } from '#lib/rpc/method.ts';

/** The images of Executors and what signs them: ours. */
export const executorImageMethods: Record<string, Method> = {
  'executor.listImages': method({
    access: 'anyone',
    effect: 'read',
    scope: 'executor:read',
    input: z.object({ id: requiredText, secret: optionalText }),
    run: images.list,
  }),
  'executor.attachSignature': method({
    access: 'user',
    effect: 'write',
    scope: 'executor:write',
    input: z.object({
      id: requiredText,
      tag: optionalText,
      digest: optionalText,
      payload: requiredText,
      signature: requiredText,
    }),
    run: images.attach,
  }),
};
