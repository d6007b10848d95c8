import { z } from 'zod';
import { MAX_PAGE_SIZE } from '#lib/artifacts/list.ts';
import * as artifacts from '#lib/rpc/artifacts.ts';
import * as identity from '#lib/rpc/identity.ts';
import {
  filter,
  noInput,
  optionalBoolean,
  optionalChoice,
  optionalInteger,
  optionalJsonText,
  optionalKeepDays,
  optionalText,
  requiredBoolean,
  requiredText,
  sort,
  textList,
} from '#lib/rpc/inputs.ts';
import * as login from '#lib/rpc/login.ts';
import { type Method, method } from '#lib/rpc/method.ts';
import * as sessions from '#lib/rpc/sessions.ts';
import * as tokens from '#lib/rpc/tokens.ts';
import { MAX_TOKEN_DAYS } from '#lib/tokens/create.ts';

const artifactRef = z.object({ id: optionalText, name: optionalText });

/**
 * The whole API: each method's name, who may call it, whether it changes anything, what a limited token needs, what
 * it reads, and what it does. `/v2/rpc/a.b.c` and `/v2/a/b/c` both end here.
 */
export const methods: Record<string, Method> = {
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
  'dockerRegistry.listInternalRegistries': method({
    access: 'anyone',
    effect: 'read',
    scope: null,
    input: noInput,
    run: identity.listInternalRegistries,
  }),
  'da.push': method({
    access: 'pusher',
    effect: 'write',
    scope: 'artifact:write',
    input: z.object({ token: requiredText }),
    upload: artifacts.daPush,
  }),
  'da.pull': method({
    access: 'anyone',
    effect: 'read',
    scope: 'artifact:read',
    input: z.object({ token: requiredText }),
    run: artifacts.daPull,
  }),
  'artifact.upload': method({
    access: 'pusher',
    effect: 'write',
    scope: 'artifact:write',
    input: z.object({
      id: optionalText,
      name: optionalText,
      type: optionalText,
      public: optionalBoolean,
      metaData: optionalJsonText,
    }),
    upload: artifacts.upload,
  }),
  'artifact.getDownloadUrl': method({
    access: 'anyone',
    effect: 'read',
    scope: 'artifact:read',
    input: artifactRef,
    run: artifacts.getDownloadUrl,
  }),
  'artifact.getDetail': method({
    access: 'anyone',
    effect: 'read',
    scope: 'artifact:read',
    input: artifactRef,
    run: artifacts.getDetail,
  }),
  'artifact.listArriving': method({
    access: 'user',
    effect: 'read',
    scope: 'artifact:read',
    input: noInput,
    run: artifacts.arriving,
  }),
  'artifact.stopArriving': method({
    access: 'user',
    effect: 'write',
    scope: 'artifact:write',
    input: z.object({ id: requiredText }),
    run: artifacts.stop,
  }),
  'artifact.list': method({
    access: 'user',
    effect: 'read',
    scope: 'artifact:read',
    input: z.object({
      filter,
      // Ours, for the pages: a part of the name, in any case.
      search: optionalText,
      sort,
      // Some clients count pages from 0: the first page is 0 and 1 alike (contract 4.5).
      pageIndex: optionalInteger(0, 1_000_000_000).transform((page) => Math.max(1, page ?? 1)),
      pageSize: optionalInteger(1, Number.MAX_SAFE_INTEGER).transform((size) =>
        Math.min(size ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE),
      ),
    }),
    run: artifacts.list,
  }),
  'artifact.update': method({
    access: 'user',
    effect: 'write',
    scope: 'artifact:write',
    input: z.object({
      id: requiredText,
      name: optionalText,
      public: optionalBoolean,
      metaData: optionalJsonText,
      keepDays: optionalKeepDays,
    }),
    run: artifacts.update,
  }),
  'artifact.updateMetaData': method({
    access: 'user',
    effect: 'write',
    scope: 'artifact:write',
    input: z.object({ id: requiredText, metaData: optionalJsonText }),
    run: artifacts.update,
  }),
  'artifact.delete': method({
    access: 'user',
    effect: 'write',
    scope: 'artifact:delete',
    input: artifactRef,
    run: artifacts.remove,
  }),
  'artifact.deleteMany': method({
    access: 'user',
    effect: 'write',
    scope: 'artifact:delete',
    input: z.object({ ids: textList, names: textList }),
    run: artifacts.removeMany,
  }),
  'artifact.restore': method({
    access: 'user',
    effect: 'write',
    scope: 'artifact:write',
    input: z.object({ id: requiredText, name: optionalText }),
    run: artifacts.restore,
  }),
  'artifact.purge': method({
    access: 'user',
    effect: 'write',
    scope: 'artifact:delete',
    input: z.object({ ids: textList }),
    run: artifacts.purge,
  }),
};
