import { Readable } from 'node:stream';
import type { ReadableStream as NodeWebStream } from 'node:stream/web';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { drainBody, LENGTH_HEADER, splitTarget } from '#lib/http/node.ts';
import { logAnswer } from '#lib/http/request-log.ts';
import { answerRoute, findRoute } from '#lib/http/router.ts';
import { newRequestId } from '#lib/ids.ts';

function toPlain(request: Request): PlainRequest {
  const { path, query } = splitTarget(request.url);
  const body = request.body ? Readable.fromWeb(request.body as NodeWebStream) : Readable.from([]);
  // Nobody may be reading when a client goes away; who reads sees the error all the same.
  body.on('error', () => {});
  return {
    verb: request.method,
    path,
    query,
    header: (name) => request.headers.get(name) ?? undefined,
    headerNames: () => request.headers.keys(),
    body,
    // Our own server in front has put these there (`handToNext` in node.ts).
    address: request.headers.get('x-forwarded-for') || null,
    requestId: request.headers.get('x-request-id') ?? newRequestId(),
    receivedAt: new Date(),
    gone: () => request.signal,
  };
}

/** The answer, whose stream ends only when the client has written all that it wanted to. */
function refusal(request: PlainRequest, reply: PlainReply, text: string): ReadableStream {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      if (reply.drain) await drainBody(request.body, reply.drain);
      controller.close();
    },
  });
}

function toResponse(request: PlainRequest, reply: PlainReply): Response {
  const { status, reason: statusText, body } = reply;
  const headers = new Headers(reply.headers);
  const length = typeof body === 'string' ? String(Buffer.byteLength(body)) : headers.get('content-length');
  if (length) headers.set(LENGTH_HEADER, length);
  if (body === null) return new Response(null, { status, statusText, headers });
  if (typeof body !== 'string')
    return new Response(Readable.toWeb(body) as ReadableStream, { status, statusText, headers });
  if (!reply.drain || request.body.readableEnded || request.verb !== 'POST')
    return new Response(body, { status, statusText, headers });
  headers.set('connection', 'close');
  return new Response(refusal(request, reply, body), { status, statusText, headers });
}

/** Answers a request of the API inside Next: the other adapter of the same core, for every route file of ours. */
export async function serveWeb(request: Request): Promise<Response> {
  const plain = toPlain(request);
  const route = findRoute(plain.path);
  if (!route) return new Response(null, { status: 404 });
  const reply = await answerRoute(route, plain);
  logAnswer(plain, route.name, reply);
  return toResponse(plain, reply);
}
