import { z } from 'zod';
import * as identity from '#lib/rpc/identity.ts';
import {
  noInput,
  optionalChoice,
  optionalInteger,
  optionalText,
  requiredBoolean,
  requiredText,
  textList,
} from '#lib/rpc/inputs.ts';
import * as login from '#lib/rpc/login.ts';
import { type Method, method } from '#lib/rpc/method.ts';
import * as sessions from '#lib/rpc/sessions.ts';
import * as tokens from '#lib/rpc/tokens.ts';
import { MAX_TOKEN_DAYS } from '#lib/tokens/create.ts';

/** Accounts, sign-ins and tokens: contract 2 and 3. */
export const peopleMethods: Record<string, Method> = {
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
    }),
    run: identity.signUp,
  }),
  'user.identity.updateProfile': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: z.object({ displayName: optionalText, email: optionalText }),
    run: identity.updateProfile,
  }),
  'user.identity.changePassword': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: z.object({ password: requiredText, newPassword: requiredText }),
    run: identity.changePassword,
  }),
  'user.session.getRaw': method({
    access: 'user',
    effect: 'read',
    scope: null,
    input: noInput,
    run: identity.getRawSession,
  }),
  'user.session.dismiss': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: noInput,
    run: identity.dismiss,
  }),
  'user.session.list': method({
    access: 'user',
    effect: 'read',
    scope: null,
    input: noInput,
    run: sessions.list,
  }),
  'user.session.end': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: z.object({ id: requiredText }),
    run: sessions.end,
  }),
  'user.session.endOthers': method({
    access: 'user',
    effect: 'write',
    scope: null,
    input: noInput,
    run: sessions.endOthers,
  }),
  'user.pat.create': method({
    access: 'user',
    effect: 'write',
    scope: 'token:manage',
    input: z.object({
      name: requiredText,
      scopes: textList,
      expirationDays: optionalInteger(1, MAX_TOKEN_DAYS).default(tokens.DEFAULT_TOKEN_DAYS),
    }),
    run: tokens.createPat,
  }),
  'user.pat.list': method({
    access: 'user',
    effect: 'read',
    scope: 'token:manage',
    input: noInput,
    run: tokens.listPats,
  }),
  'user.pat.delete': method({
    access: 'user',
    effect: 'write',
    scope: 'token:manage',
    input: z.object({ id: optionalText, name: optionalText }),
    run: tokens.deletePat,
  }),
  'user.pat.reportLeak': method({
    access: 'anyone',
    effect: 'write',
    scope: null,
    input: z.object({ token: requiredText }),
    run: tokens.reportLeakedPat,
  }),
  'dockerRegistry.listInternalRegistries': method({
    access: 'anyone',
    effect: 'read',
    scope: null,
    input: noInput,
    run: identity.listInternalRegistries,
  }),
};
