import { Fault } from '#lib/errors.ts';
import type { PushResult } from '#lib/executors/push-result.ts';
import { pushedShape } from '#lib/rpc/executor-shape.ts';
import { withoutMarkup } from '#lib/rpc/markup.ts';
import type { Events, StreamEvent } from '#lib/rpc/method.ts';
import type { TaskRow } from '#lib/tasks/find.ts';
import { followTask } from '#lib/tasks/follow.ts';
import type { TaskEvent, TaskEventBody, TaskFailure } from '#lib/tasks/task.ts';

/** The texts of others in it, as clients can show them: lines of a console, and warnings. */
function shown(body: TaskEventBody): StreamEvent {
  const event: StreamEvent = { ...body };
  if (typeof body.payload === 'string') event.payload = withoutMarkup(body.payload);
  if (body.message !== undefined) event.message = withoutMarkup(body.message);
  if (body.legacyMessage) event.legacyMessage = { status: withoutMarkup(body.legacyMessage.status) };
  return event;
}

/** A line for who waits: clients show what stands in a `progress`. */
function queueEvent(before: number): StreamEvent {
  const status = before === 1 ? 'one push is before this one' : `${before} pushes are before this one`;
  return { type: 'progress', subject: 'queue', payload: status, legacyMessage: { status } };
}

/** What nobody expected stays so, whatever its sentence is. */
function faultOf({ kind, message, normalizerCode }: TaskFailure): Fault | Error {
  return kind === 'unexpected' ? new Error(message) : new Fault(kind, message, { normalizerCode });
}

/** What follows a push: the lines of contract 7.2, the last one with the payload that clients read. */
export function pushEvents(taskId: string, secret: string | null, hasOwner: boolean): Events {
  async function* events(signal: AbortSignal): AsyncGenerator<StreamEvent> {
    let last: TaskEventBody | undefined;
    for await (const news of followTask(taskId, { replay: true, signal })) {
      if (news.kind === 'state') {
        const { failure, result } = news.task;
        if (failure && last) yield { ...last, message: failure.message, fault: faultOf(failure) };
        if (result && last) yield { ...last, payload: pushedShape(result as PushResult, secret, hasOwner) };
        continue;
      }
      if (news.kind === 'queue') {
        yield queueEvent(news.before);
        continue;
      }
      const { event } = news.event;
      // The task itself says how it ended, right after.
      if (event.type === 'error' || event.type === 'complete') last = event;
      else yield shown(event);
    }
  }
  return {
    kind: 'events',
    events,
    failure: (message, fault) => ({ type: 'error', subject: 'createExecutor', message, fault }),
  };
}

function report(task: TaskRow): StreamEvent {
  const about = { type: 'report', task: { _id: task.id } };
  if (task.failure) {
    const { message } = task.failure;
    return { ...about, status: 'failed', message, error: { message } };
  }
  if (task.result)
    return { ...about, status: 'succeeded', result: pushedShape(task.result as PushResult, null, true) };
  return { ...about, status: task.state === 'waiting' ? 'waiting' : 'pending' };
}

function progress({ sn, dtMs, event }: TaskEvent): StreamEvent {
  return { type: 'progress', data: { sn, dt: dtMs, data: shown(event) } };
}

/** The status of a task, and what is told of it until it ends: contract 7.5. */
export function taskEvents(taskId: string, options: { replay: boolean; verbose: boolean }): Events {
  async function* events(signal: AbortSignal): AsyncGenerator<StreamEvent> {
    for await (const news of followTask(taskId, { replay: options.replay, signal })) {
      if (news.kind === 'state') yield report(news.task);
      else if (news.kind === 'queue') yield { ...report(news.task), before: news.before };
      // The report says how it ended; clients know no other last line.
      else if (news.event.event.type === 'error' || news.event.event.type === 'complete') continue;
      else if (options.verbose || news.event.event.type !== 'console') yield progress(news.event);
    }
  }
  return { kind: 'events', events, failure: (message) => ({ type: 'error', message }) };
}
