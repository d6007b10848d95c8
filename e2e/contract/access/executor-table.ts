import { freshName } from '../artifacts.ts';
import { ABSENT, ACCEPTED, nothing, open, own, owned, REFUSED, type Row } from './row.ts';
import {
  endedTask,
  executor,
  executorWithImage,
  publicWithImage,
  runningPush,
  signedImage,
  trashedExecutor,
} from './things.ts';

/** The part of the table that is about Executors. */
export const EXECUTOR_TABLE: Record<string, Row> = {
  'executor.push': { ...own, scope: 'executor:write', input: () => ({ id: freshName('pushed') }) },
  'executor.create': { ...own, scope: 'executor:write', input: () => ({ id: freshName('pushed') }) },
  'executor.update': { ...own, scope: 'executor:write', input: () => ({ id: freshName('pushed') }) },
  'executor.createAsync': {
    ...{ ...own, owner: ACCEPTED, other: ACCEPTED, scope: 'executor:write' },
    input: () => ({ id: freshName('pushed') }),
  },
  'executor.updateAsync': {
    ...{ ...own, owner: ACCEPTED, other: ACCEPTED, scope: 'executor:write' },
    input: () => ({ id: freshName('pushed') }),
  },
  'v1.executors.create': { ...own, scope: 'executor:write', input: nothing },
  'v1.executors.update': { ...own, scope: 'executor:write', input: () => ({ force: freshName('pushed') }) },
  'v1.executors.get public': {
    ...{ ...open, scope: 'executor:read' },
    input: (cast) => executor(cast, 'public'),
  },
  'executor.queryProgress': { ...owned, scope: 'executor:read', input: endedTask },
  'executor.listAsyncTasks': { ...own, scope: 'executor:read', input: nothing },
  'executor.getPackage private': { ...owned, scope: 'executor:read', input: (cast) => executor(cast) },
  'executor.getPackage public': {
    ...{ ...open, scope: 'executor:read' },
    input: (cast) => executor(cast, 'public'),
  },
  'executor.getMeta private': { ...owned, scope: 'executor:read', input: (cast) => executor(cast) },
  'executor.getMeta public': {
    ...{ ...open, scope: 'executor:read' },
    input: (cast) => executor(cast, 'public'),
  },
  'sandbox.get': {
    ...{ scope: 'executor:read', nobody: ABSENT, owner: ABSENT, other: ABSENT },
    input: () => ({ name: 'Sandboxed' }),
  },
  'sandbox.create': {
    ...{ scope: 'executor:read', nobody: REFUSED, owner: REFUSED, other: REFUSED },
    input: () => ({ name: 'Sandboxed' }),
  },
  'executor.list': { ...open, scope: 'executor:read', input: nothing },
  // A server without images.
  'executor.rebuildImage private': {
    ...{ ...owned, scope: 'executor:write', owner: REFUSED },
    input: (cast) => executor(cast),
  },
  'executor.rebuildImage public': {
    ...{ ...owned, scope: 'executor:write', owner: REFUSED, other: REFUSED },
    input: (cast) => executor(cast, 'public'),
  },
  'executor.setVisibility private': {
    ...{ ...owned, scope: 'executor:write' },
    input: async (cast) => ({ id: (await executor(cast)).id, public: true }),
  },
  'executor.setVisibility public': {
    ...{ ...owned, scope: 'executor:write', other: REFUSED },
    input: async (cast) => ({ id: (await executor(cast, 'public')).id, public: false }),
  },
  'executor.delete private': { ...owned, scope: 'executor:delete', input: (cast) => executor(cast) },
  'executor.delete public': {
    ...{ ...owned, scope: 'executor:delete', other: REFUSED },
    input: (cast) => executor(cast, 'public'),
  },
  // As `artifact.deleteMany`.
  'executor.deleteMany': {
    ...{ ...own, scope: 'executor:delete' },
    input: async (cast) => ({ ids: [(await executor(cast)).id] }),
  },
  'executor.restore': { ...{ ...owned, scope: 'executor:write' }, input: trashedExecutor },
  'executor.purge': {
    ...{ ...own, scope: 'executor:delete' },
    input: async (cast) => ({ ids: [(await trashedExecutor(cast)).id] }),
  },
  'executor.setTag private': {
    ...{ ...owned, scope: 'executor:write' },
    input: async (cast) => ({ ...(await executor(cast)), tag: 'v1' }),
  },
  'executor.deleteTag private': {
    ...{ ...owned, scope: 'executor:delete' },
    input: async (cast) => ({ ...(await executor(cast)), tag: 'latest' }),
  },
  'executor.deleteTag public': {
    ...{ ...owned, scope: 'executor:delete', other: REFUSED },
    input: async (cast) => ({ ...(await executor(cast, 'public')), tag: 'latest' }),
  },
  'executor.cancelPush': { ...{ ...owned, scope: 'executor:write' }, input: runningPush },
  // A server without images.
  'executor.attachSignature private': {
    ...{ ...owned, scope: 'executor:write', owner: REFUSED },
    input: (cast) => signedImage(cast),
  },
  'executor.attachSignature public': {
    ...{ ...owned, scope: 'executor:write', owner: REFUSED, other: REFUSED },
    input: (cast) => signedImage(cast, 'public'),
  },
  'executor.listImages private': { ...{ ...owned, scope: 'executor:read' }, input: executorWithImage },
  'executor.listImages public': { ...{ ...open, scope: 'executor:read' }, input: publicWithImage },
  'executor.getBom private': { ...{ ...owned, scope: 'executor:read' }, input: executorWithImage },
  'executor.getBom public': { ...{ ...open, scope: 'executor:read' }, input: publicWithImage },
};
