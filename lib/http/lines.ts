import { Readable } from 'node:stream';
import { env } from '#lib/env.ts';
import { failureBody, publicSentence, replyHeaders } from '#lib/http/errors.ts';
import type { PlainReply } from '#lib/http/message.ts';
import type { Events, StreamEvent } from '#lib/rpc/method.ts';

/** The type of a stream of lines, each a JSON object (contract 1.9). */
export const LINES_TYPE = 'application/x-ndjson; charset=UTF-8';

/** What went wrong is told in the codes of the wire. */
function toLine({ fault, ...event }: StreamEvent, requestId: string): string {
  const failed = fault === undefined ? event : { ...event, payload: failureBody(fault, requestId) };
  return `${JSON.stringify(failed)}\n`;
}

/**
 * Each event as a line, at once; a failure is the last one. Destroyed, it tells who makes them. While there is none, a space
 * comes now and then, for proxies that end what is silent: it stands before the next object, where every reader of JSON
 * takes it, and a line always follows.
 */
function lineStream(
  { events, failure }: Events,
  requestId: string,
  onFailure: (error: unknown) => void,
): Readable {
  const gone = new AbortController();
  const body = new Readable({
    read() {},
    destroy(error, done) {
      clearInterval(alive);
      gone.abort();
      done(error);
    },
  });
  const alive = setInterval(() => body.push(' '), env().STREAM_SILENCE_MS);
  const push = (event: StreamEvent) => {
    alive.refresh();
    body.push(toLine(event, requestId));
  };
  const pump = async () => {
    try {
      for await (const event of events(gone.signal)) push(event);
    } catch (error) {
      if (gone.signal.aborted) return;
      onFailure(error);
      push(failure(publicSentence(error, requestId), error));
    }
    clearInterval(alive);
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
