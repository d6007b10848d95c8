import { Readable } from 'node:stream';
import { publicSentence, replyHeaders } from '#lib/http/errors.ts';
import type { PlainReply } from '#lib/http/message.ts';
import type { Events } from '#lib/rpc/method.ts';

/** The type of a stream of lines, each a JSON object (contract 1.9). */
export const LINES_TYPE = 'application/x-ndjson; charset=UTF-8';

/** Each event as a line, at once; a failure is the last one. Destroyed, it tells who makes them. */
function lineStream(
  { events, failure }: Events,
  requestId: string,
  onFailure: (error: unknown) => void,
): Readable {
  const gone = new AbortController();
  const body = new Readable({
    read() {},
    destroy(error, done) {
      gone.abort();
      done(error);
    },
  });
  const push = (event: object) => body.push(`${JSON.stringify(event)}\n`);
  const pump = async () => {
    try {
      for await (const event of events(gone.signal)) push(event);
    } catch (error) {
      if (gone.signal.aborted) return;
      onFailure(error);
      push(failure(publicSentence(error, requestId)));
    }
    body.push(null);
  };
  void pump();
  return body;
}

/** The answer to a call whose events come one by one. */
export function eventsReply(
  events: Events,
  requestId: string,
  onFailure: (error: unknown) => void,
): PlainReply {
  const headers = {
    ...replyHeaders(requestId),
    'content-type': LINES_TYPE,
    'cache-control': 'no-cache, no-transform',
    // nginx would gather lines before it passes them on.
    'x-accel-buffering': 'no',
  };
  return { status: 200, headers, body: lineStream(events, requestId, onFailure) };
}
