import { anyImage, requireImage } from '#lib/executors/choose-image.ts';
import {
  findPulled,
  getPackage as getPulledPackage,
  linkToPackage,
  type PulledExecutor,
} from '#lib/executors/get-package.ts';
import { pushExecutor } from '#lib/executors/push.ts';
import type { ExecutorPushInput } from '#lib/executors/push-input.ts';
import type { PushKind } from '#lib/executors/push-target.ts';
import { versionOf } from '#lib/executors/read-package.ts';
import { rebuildFor } from '#lib/executors/rebuild-for.ts';
import { pushEvents, taskEvents } from '#lib/rpc/executor-events.ts';
import { pulledShape } from '#lib/rpc/executor-shape.ts';
import type { CallContext, Result, Upload, UserContext } from '#lib/rpc/method.ts';
import { findTask, type TaskRow } from '#lib/tasks/find.ts';
import { listTasks } from '#lib/tasks/list.ts';

/** `executor.push`, `update`, `create`: contract 7.2 to 7.4. */
export function pusher(kind: PushKind) {
  return async (context: CallContext, request: Upload<ExecutorPushInput>): Promise<Result> => {
    const { taskId, namespaceId, secret } = await pushExecutor({ kind, ...context, ...request });
    // Whoever asks for a secret prints it with the name, and an owner before it would lead nowhere.
    const isOwn = namespaceId === context.origin.caller?.namespaceId;
    return pushEvents(taskId, secret, isOwn && kind !== 'create');
  };
}

const TOPIC = 'executor:buildAndCreateNewCommit';

/** `executor.createAsync` and `updateAsync`: contract 7.4. The client then asks for the task's progress. */
export function asyncPusher(kind: PushKind) {
  return async (context: CallContext, request: Upload<ExecutorPushInput>): Promise<Result> => {
    const { taskId } = await pushExecutor({ kind, ...context, ...request });
    return { kind: 'accepted', data: { _id: taskId, status: 'created', topic: TOPIC } };
  };
}

interface ProgressInput {
  id: string;
  replay?: boolean;
  verbose?: boolean;
}

/** `executor.queryProgress`: contract 7.5. */
export async function queryProgress({ caller }: UserContext, input: ProgressInput): Promise<Result> {
  const { id } = await findTask(caller, input.id);
  return taskEvents(id, { replay: input.replay ?? false, verbose: input.verbose ?? false });
}

function taskShape(task: TaskRow): object {
  return {
    _id: task.id,
    topic: TOPIC,
    status: task.state,
    executor: { id: task.executorId, name: task.name },
    message: task.failure?.message ?? null,
    createdAt: task.createdAt.toISOString(),
    updatedAt: (task.endedAt ?? task.startedAt ?? task.createdAt).toISOString(),
  };
}

interface TasksInput {
  id?: string;
  sort: { field: string; direction: 1 | -1 }[];
  pageIndex: number;
  pageSize: number;
}

/** `executor.listAsyncTasks`: contract 7.5. The newest first, unless asked otherwise. */
export async function listAsyncTasks({ caller }: UserContext, input: TasksInput): Promise<Result> {
  const { pageIndex, pageSize } = input;
  const isNewestFirst = input.sort[0]?.direction !== 1;
  const { tasks, total } = await listTasks(caller, {
    executor: input.id ?? null,
    isNewestFirst,
    pageIndex,
    pageSize,
  });
  async function* items() {
    for (const task of tasks) yield JSON.stringify(taskShape(task));
  }
  const numPages = Math.ceil(total / pageSize);
  return { kind: 'list', items: items(), meta: { total, pageIndex, pageSize, numPages } };
}

interface PackageInput {
  id: string;
  secret?: string;
  tag?: string;
  include?: string[];
  preferPlatform?: string;
  rebuildImage?: boolean;
}

/** What of a pulled Executor clients load: contract 7.6. */
function packageReply(
  { baseUrl }: CallContext,
  pulled: PulledExecutor,
  link: string,
  containers: string[],
): Result {
  const download = `${baseUrl}/download/${link}`;
  const { md5 } = pulled.commit;
  return { kind: 'value', data: { ...pulledShape(pulled), package: { containers, download, md5 } } };
}

/** `executor.getPackage`: contract 7.6. Who wants the image counts as a pull when the registry gives it. */
export async function getPackage(
  context: CallContext,
  { include, preferPlatform, rebuildImage, ...ref }: PackageInput,
): Promise<Result> {
  const { origin, clock, client } = context;
  if (include?.includes('docker')) {
    const jina = versionOf(client.jina);
    let pulled = await findPulled(origin, ref);
    if (rebuildImage && (await rebuildFor(origin, pulled, jina, context.gone())))
      pulled = await findPulled(origin, ref);
    const image = await requireImage(origin, pulled, { platform: preferPlatform, jina });
    return packageReply(context, pulled, linkToPackage(pulled, clock), [image]);
  }
  const { link, ...pulled } = await getPulledPackage(origin, ref, clock);
  // jina 3.0 says not what it wants, and reads the first one in any case.
  return packageReply(context, pulled, link, include ? [] : [anyImage(pulled)]);
}

/** `executor.getMeta`: contract 7.6. Deploying tools ask by it whether an Executor is there. */
export async function getMeta({ origin }: CallContext, ref: PackageInput): Promise<Result> {
  const pulled = await findPulled(origin, ref);
  const { namespace } = pulled.executor;
  return { kind: 'value', data: pulledShape(pulled), meta: { owner: { name: namespace } } };
}
