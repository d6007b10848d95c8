import type { Caller } from '#lib/auth/caller.ts';
import { SECOND_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { replyHeaders } from '#lib/http/errors.ts';
import { EventStream } from '#lib/http/event-stream.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { requireSession } from '#lib/http/require-session.ts';
import { watchNamespace } from '#lib/notices/watches.ts';

/** Something must come now and then, or what stands between takes the connection for dead. */
const BEAT_MS = 15 * SECOND_MS;

function openStream(caller: Caller): EventStream {
  const stream = new EventStream('changed', () => {
    clearInterval(beat);
    stopWatching();
  });
  const beat = setInterval(() => stream.beat(), Math.min(BEAT_MS, env().IDLE_TIMEOUT_MS / 3));
  const stopWatching = watchNamespace(caller, {
    changed: ({ artifactIds: ids, arrivals }) => {
      if (ids === null || ids.length > 0) stream.event('changed', ids === null ? {} : { ids });
      if (arrivals) stream.event('arriving', {});
    },
    ended: (why) => {
      if (why === 'signed-out') stream.event(why, {});
      stream.finish();
    },
  });
  return stream;
}

/**
 * Server-sent events of what changes in the namespace of the person who is signed in: `changed` with the ids of
 * artifacts, or without them when it may be any; `arriving` when a push is further or over; `signed-out` when the
 * session is over; `beat` now and then. Nothing but ids: the page asks for what it may see.
 * @throws Fault `log-in` without a session, `not-allowed` for a foreign host.
 */
export async function answerEvents(request: PlainRequest): Promise<PlainReply> {
  if (request.verb !== 'GET') throw new Fault('no-method', 'Ask for events by GET.');
  const body = openStream(await requireSession(request));
  const headers = {
    ...replyHeaders(request.requestId),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
    // nginx would gather events before it passes them on.
    'x-accel-buffering': 'no',
  };
  return { status: 200, headers, body };
}
