import { getPackage } from '#lib/executors/get-package.ts';
import { pushExecutor } from '#lib/executors/push.ts';
import type { ExecutorPushInput } from '#lib/executors/push-input.ts';
import type { PushResult } from '#lib/executors/push-result.ts';
import { imageReference } from '#lib/registry/reference.ts';
import { withoutMarkup } from '#lib/rpc/markup.ts';
import type { CallContext, Result, StreamEvent, Upload } from '#lib/rpc/method.ts';
import { followTask } from '#lib/tasks/follow.ts';

/** What a push of jina 2 sends; `force` is the id or name of what it replaces. */
export interface V1PushInput extends Omit<ExecutorPushInput, 'id'> {
  force?: string;
}

/** The last line of a push: contract 10.2. */
function resultLine({ id, name, visibility, tags, commit }: PushResult, secret: string | null): StreamEvent {
  const [tag] = tags;
  const executor = { id, secret, alias: name, visibility, tag, image: imageReference(id, commit) };
  return { result: { statusCode: 201, message: 'Pushed.', data: { executors: [executor] } } };
}

async function* v1Events(
  taskId: string,
  secret: string | null,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  for await (const news of followTask(taskId, { replay: true, signal })) {
    if (news.kind === 'queue') continue;
    if (news.kind === 'event') {
      const { type, subject, payload } = news.event.event;
      if (type === 'console') yield { stream: withoutMarkup(String(payload)) };
      else yield { status: `${subject}: ${type}` };
      continue;
    }
    const { result, failure } = news.task;
    if (failure) yield { result: { statusCode: 400, message: failure.message } };
    if (result) yield resultLine(result as PushResult, secret);
  }
}

/** `POST /v1/executors` and `PUT /v1/executors` of jina 2: contract 10.2. */
export function v1Pusher(kind: 'create' | 'update') {
  return async (context: CallContext, request: Upload<V1PushInput>): Promise<Result> => {
    const parseFields = (fields: Record<string, string>): ExecutorPushInput => {
      const { force, ...input } = request.parseFields(fields);
      return { ...input, id: force };
    };
    const { taskId, secret } = await pushExecutor({ kind, ...context, ...request, parseFields });
    return {
      kind: 'events',
      events: (signal) => v1Events(taskId, secret, signal),
      failure: (message) => ({ result: { statusCode: 500, message } }),
    };
  };
}

/** `GET /v1/executors/{id}/` of jina 2: contract 10.2. */
export async function v1Get(
  { origin, clock, baseUrl }: CallContext,
  ref: { id: string; secret?: string; tag?: string },
): Promise<Result> {
  const { executor, commit, link } = await getPackage(origin, ref, clock);
  const { id, name, visibility } = executor;
  const [tag] = commit.tags;
  return {
    kind: 'bare',
    data: {
      ...{ id, alias: name, sn: commit.number, tag, visibility, image: imageReference(id, commit.id) },
      package: { download: `${baseUrl}/download/${link}`, md5: commit.md5 },
    },
  };
}
