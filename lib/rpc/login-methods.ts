import { z } from 'zod';
import { optionalChoice, optionalText, requiredBoolean, requiredText } from '#lib/rpc/inputs.ts';
import * as login from '#lib/rpc/login.ts';
import { type Method, method } from '#lib/rpc/method.ts';

/** Programs that a person lets in: contract 2.2 to 2.4. */
export const loginMethods: Record<string, Method> = {
  // Reads, though they leave rows: clients call them by GET, and they change nothing that is anybody's before a person
  // approves on our own page.
  'user.identity.proxiedAuthorize': method({
    access: 'anyone',
    effect: 'read',
    scope: null,
    input: z.object({ prompt: optionalText }),
    run: login.proxiedAuthorize,
  }),
  'user.identity.grant.auto': method({
    access: 'anyone',
    effect: 'read',
    scope: null,
    input: z.object({ code: requiredText, state: requiredText }),
    run: login.grantAuto,
  }),
  'user.identity.authorize': method({
    access: 'anyone',
    effect: 'read',
    scope: null,
    input: z.object({
      redirectUri: optionalText,
      redirect_uri: optionalText,
      response_mode: optionalChoice('query', 'form_post'),
      state: optionalText,
      prompt: optionalText,
    }),
    run: login.authorize,
  }),
  'user.identity.grant.auth0Unified': method({
    access: 'anyone',
    effect: 'read',
    scope: null,
    input: z.object({ code: requiredText, state: requiredText }),
    run: login.grantAuto,
  }),
  'user.login.decide': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: z.object({ request: requiredText, isApproved: requiredBoolean }),
    run: login.decide,
  }),
};
