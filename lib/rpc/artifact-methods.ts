import { z } from 'zod';
import { MAX_PAGE_SIZE } from '#lib/artifacts/list.ts';
import * as artifacts from '#lib/rpc/artifacts.ts';
import {
  filter,
  noInput,
  optionalBoolean,
  optionalInteger,
  optionalJsonText,
  optionalKeepDays,
  optionalText,
  requiredText,
  sort,
  textList,
} from '#lib/rpc/inputs.ts';
import { type Method, method } from '#lib/rpc/method.ts';

const artifactRef = z.object({ id: optionalText, name: optionalText });

/** Artifacts, and DocumentArrays from before there were any: contract 4 and 5. */
export const artifactMethods: Record<string, Method> = {
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
