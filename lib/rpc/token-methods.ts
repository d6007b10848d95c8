import { z } from 'zod';
import { noInput, optionalInteger, optionalText, requiredText, textList } from '#lib/rpc/inputs.ts';
import { type Method, method } from '#lib/rpc/method.ts';
import * as tokens from '#lib/rpc/tokens.ts';
import { MAX_TOKEN_DAYS } from '#lib/tokens/create.ts';
import { DEFAULT_OVERLAP_MINUTES, MAX_OVERLAP_MINUTES } from '#lib/tokens/rotate.ts';

/** Personal access tokens: contract 3. */
export const tokenMethods: Record<string, Method> = {
  'user.pat.create': method({
    access: 'user',
    effect: 'write',
    scope: 'token:manage',
    input: z.object({
      name: requiredText,
      scopes: textList,
      namePattern: optionalText,
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
  'user.pat.rename': method({
    access: 'user',
    effect: 'write',
    scope: 'token:manage',
    input: z.object({ id: optionalText, name: optionalText, newName: requiredText }),
    run: tokens.renamePat,
  }),
  'user.pat.rotate': method({
    access: 'user',
    effect: 'write',
    scope: 'token:manage',
    input: z.object({
      id: optionalText,
      name: optionalText,
      overlapMinutes: optionalInteger(0, MAX_OVERLAP_MINUTES).default(DEFAULT_OVERLAP_MINUTES),
    }),
    run: tokens.rotatePat,
  }),
  'user.pat.reportLeak': method({
    access: 'anyone',
    effect: 'write',
    scope: null,
    input: z.object({ token: requiredText }),
    run: tokens.reportLeakedPat,
  }),
};
