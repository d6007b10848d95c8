import { z } from 'zod';
import * as executors from '#lib/rpc/executors.ts';
import {
  optionalBoolean,
  optionalInteger,
  optionalObject,
  optionalText,
  requiredText,
  sort,
  textList,
} from '#lib/rpc/inputs.ts';
import { type Method, method } from '#lib/rpc/method.ts';
import { createSandbox, getSandbox } from '#lib/rpc/sandboxes.ts';
import { v1Get, v1Pusher } from '#lib/rpc/v1-executors.ts';

const MAX_TASKS = 1_000;

const pushInput = z.object({
  id: optionalText,
  secret: optionalText,
  public: optionalBoolean,
  private: optionalBoolean,
  md5sum: optionalText,
  buildWithNoCache: optionalBoolean,
  tags: optionalText,
  immutableTags: optionalText,
  dockerfile: optionalText,
  buildEnv: optionalObject,
  platform: optionalText,
});

const v1PushInput = pushInput.omit({ id: true }).extend({ force: optionalText });

const push = {
  access: 'pusher',
  effect: 'write',
  scope: 'executor:write',
  lineReaders: 'jina 3',
} as const;
const v1Push = { ...push, input: v1PushInput, lineReaders: 'jina 2' } as const;

const packageInput = z.object({
  id: requiredText,
  secret: optionalText,
  tag: optionalText,
  include: textList.transform((items) => (items.length > 0 ? items : undefined)),
  preferPlatform: optionalText,
  rebuildImage: optionalBoolean,
});

const sandboxInput = z.object({
  name: requiredText,
  tag: optionalText,
  jina: optionalText,
  args: optionalObject.transform((args) => args ?? {}),
  secret: optionalText,
});

/** Executors as clients push and pull them: contract 7, and 8 for what this server does not have. */
export const executorMethods: Record<string, Method> = {
  'executor.push': method({ ...push, input: pushInput, upload: executors.pusher('push') }),
  'executor.update': method({ ...push, input: pushInput, upload: executors.pusher('update') }),
  'executor.create': method({ ...push, input: pushInput, upload: executors.pusher('create') }),
  'executor.updateAsync': method({ ...push, input: pushInput, upload: executors.asyncPusher('update') }),
  'executor.createAsync': method({ ...push, input: pushInput, upload: executors.asyncPusher('push') }),
  'v1.executors.create': method({ ...v1Push, upload: v1Pusher('create') }),
  'v1.executors.update': method({ ...v1Push, upload: v1Pusher('update') }),
  'v1.executors.get': method({
    access: 'anyone',
    effect: 'read',
    scope: 'executor:read',
    input: z.object({ id: requiredText, secret: optionalText, tag: optionalText }),
    run: v1Get,
  }),
  'executor.queryProgress': method({
    access: 'user',
    effect: 'read',
    scope: 'executor:read',
    input: z.object({ id: requiredText, replay: optionalBoolean, verbose: optionalBoolean }),
    run: executors.queryProgress,
  }),
  'executor.listAsyncTasks': method({
    access: 'user',
    effect: 'read',
    scope: 'executor:read',
    input: z.object({
      id: optionalText,
      sort,
      pageIndex: optionalInteger(0, 1_000_000).transform((page) => Math.max(1, page ?? 1)),
      pageSize: optionalInteger(1, Number.MAX_SAFE_INTEGER).transform((size) =>
        Math.min(size ?? 100, MAX_TASKS),
      ),
    }),
    run: executors.listAsyncTasks,
  }),
  'executor.getPackage': method({
    access: 'anyone',
    effect: 'read',
    scope: 'executor:read',
    input: packageInput,
    run: executors.getPackage,
  }),
  'executor.getMeta': method({
    access: 'anyone',
    effect: 'read',
    scope: 'executor:read',
    input: packageInput,
    run: executors.getMeta,
  }),
  'sandbox.get': method({
    access: 'anyone',
    effect: 'read',
    scope: 'executor:read',
    input: sandboxInput,
    run: getSandbox,
  }),
  'sandbox.create': method({
    access: 'anyone',
    effect: 'write',
    scope: 'executor:read',
    input: sandboxInput,
    run: createSandbox,
  }),
};
