import { z } from 'zod';
import * as identity from '#lib/rpc/identity.ts';
import { noInput, requiredText } from '#lib/rpc/inputs.ts';
import { type Method, method } from '#lib/rpc/method.ts';
import * as sessions from '#lib/rpc/sessions.ts';

/** Sign-ins: contract 2.6, and the page that lists them. */
export const sessionMethods: Record<string, Method> = {
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
};
