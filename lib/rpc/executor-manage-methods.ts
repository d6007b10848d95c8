import { z } from 'zod';
import type { CatalogueSort } from '#lib/executors/catalogue-statement.ts';
import { requireBuildEnv } from '#lib/executors/push-input.ts';
import * as executors from '#lib/rpc/executor-manage.ts';
import {
  optionalBoolean,
  optionalInteger,
  optionalObject,
  optionalText,
  requiredBoolean,
  requiredText,
  textList,
} from '#lib/rpc/inputs.ts';
import { type Method, method } from '#lib/rpc/method.ts';

/** Items of a page of the catalogue, and those that are given where none are asked for. */
const MAX_PAGE_SIZE = 100;
const USUAL_PAGE_SIZE = 16;
const MAX_KEYWORDS = 20;
const SORTS: CatalogueSort[] = ['pulls', 'updatedAt', 'createdAt', 'name'];

/** A field, behind a minus for descending; one that is not known means the most pulled first (contract 7.6). */
const catalogueSort = z
  .unknown()
  .optional()
  .transform((value) => {
    const text = typeof value === 'string' ? value : '';
    const field = SORTS.find((name) => name === text.replace(/^-/, ''));
    const isDescending = field === undefined || text.startsWith('-');
    return { field: field ?? ('pulls' as const), direction: isDescending ? (-1 as const) : (1 as const) };
  });

const ref = z.object({ id: requiredText });

/** What lists Executors and changes them, but for pushes and pulls: contract 7.6, and what the pages need. */
export const executorManageMethods: Record<string, Method> = {
  'executor.list': method({
    access: 'anyone',
    effect: 'read',
    scope: 'executor:read',
    input: z.object({
      search: optionalText,
      sort: catalogueSort,
      author: optionalText,
      keywords: textList.refine(
        (list) => list.length <= MAX_KEYWORDS,
        `has more than ${MAX_KEYWORDS} of them`,
      ),
      withAnonymous: optionalBoolean,
      pageIndex: optionalInteger(0, 1_000_000).transform((page) => Math.max(1, page ?? 1)),
      pageSize: optionalInteger(1, Number.MAX_SAFE_INTEGER).transform((size) =>
        Math.min(size ?? USUAL_PAGE_SIZE, MAX_PAGE_SIZE),
      ),
    }),
    run: executors.list,
  }),
  'executor.rebuildImage': method({
    access: 'user',
    effect: 'write',
    scope: 'executor:write',
    input: z.object({
      id: requiredText,
      tag: optionalText,
      jina: optionalText,
      buildEnv: optionalObject.transform((values) => requireBuildEnv(values)),
    }),
    run: executors.rebuildImage,
  }),
  'executor.setVisibility': method({
    access: 'user',
    effect: 'write',
    scope: 'executor:write',
    input: z.object({ id: requiredText, public: requiredBoolean }),
    run: executors.setVisibility,
  }),
  'executor.delete': method({
    access: 'user',
    effect: 'write',
    scope: 'executor:delete',
    input: ref,
    run: executors.remove,
  }),
  'executor.deleteMany': method({
    access: 'user',
    effect: 'write',
    scope: 'executor:delete',
    input: z.object({ ids: textList }),
    run: executors.removeMany,
  }),
  'executor.restore': method({
    access: 'user',
    effect: 'write',
    scope: 'executor:write',
    input: ref,
    run: executors.restore,
  }),
  'executor.purge': method({
    access: 'user',
    effect: 'write',
    scope: 'executor:delete',
    input: z.object({ ids: textList }),
    run: executors.purge,
  }),
  'executor.setTag': method({
    access: 'user',
    effect: 'write',
    scope: 'executor:write',
    input: z.object({
      id: requiredText,
      tag: requiredText,
      commit: optionalText,
      isProtected: optionalBoolean,
    }),
    run: executors.putTag,
  }),
  'executor.deleteTag': method({
    access: 'user',
    effect: 'write',
    scope: 'executor:delete',
    input: z.object({ id: requiredText, tag: requiredText }),
    run: executors.removeTag,
  }),
  'executor.cancelPush': method({
    access: 'user',
    effect: 'write',
    scope: 'executor:write',
    input: ref,
    run: executors.cancelPush,
  }),
  'executor.getBom': method({
    access: 'anyone',
    effect: 'read',
    scope: 'executor:read',
    input: z.object({ id: requiredText, tag: optionalText }),
    run: executors.bom,
  }),
};
