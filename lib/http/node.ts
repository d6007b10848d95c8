import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { clientAddress } from '#lib/http/address.ts';
import { errorReply } from '#lib/http/errors.ts';
import { isOwnHost } from '#lib/http/hosts.ts';
import type { Drain, PlainReply, PlainRequest } from '#lib/http/message.ts';
import { logAnswer } from '#lib/http/request-log.ts';
import { answerRoute, findRoute } from '#lib/http/router.ts';
import { newRequestId } from '#lib/ids.ts';
import { log } from '#lib/log.ts';

/** The pages send only the forms of next-auth, which reads them whole. */
const MAX_PAGE_BODY_BYTES = 64 * 1024;
const PAGE_DRAIN: Drain = { bytes: 1024 * 1024, ms: 5_000 };

/** A refused body that is announced to be no longer than this is read on, and the connection stays. */
const SMALL_BODY_BYTES = 64 * 1024;

/**
 * Next drops Content-Length from what a route answers (its send-response.js), but clients fail without (contract
 * 1.10): the length travels to this server under another name, and gets its own back here.
 */
export const LENGTH_HEADER = 'x-groundstation-length';

/** The path and the query of a request line, repeated slashes folded (contract 1.1). */
export function splitTarget(target: string): { path: string; query: string } {
  const [, path = '/', query = ''] = /^(?:https?:\/\/[^/?]*)?([^?]*)\??(.*)$/is.exec(target) ?? [];
  return { path: path.replaceAll(/\/{2,}/g, '/') || '/', query };
}

function toPlain(req: IncomingMessage, path: string, query: string): PlainRequest {
  return {
    verb: req.method ?? 'GET',
    path,
    query,
    header: (name) => {
      const value = req.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    headerNames: () => Object.keys(req.headers),
    body: req,
    address: clientAddress(req.socket.remoteAddress, req.headers['x-forwarded-for']?.toString()),
    requestId: newRequestId(),
    receivedAt: new Date(),
  };
}

/** Reads on and throws away what a refused client still sends, until it ends or the limits are reached. */
export async function drainBody(body: Readable, { bytes, ms }: Drain): Promise<void> {
  if (body.destroyed || body.readableEnded) return;
  let left = bytes;
  let timer: NodeJS.Timeout | undefined;
  let pull = () => {};
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
    // A stream that was iterated keeps a listener for `readable`, with which it never flows: it must be read by hand.
    pull = () => {
      for (let piece = body.read(); piece !== null; piece = body.read()) left -= piece.length;
      if (left <= 0) resolve();
    };
    body.on('readable', pull);
    for (const event of ['end', 'error', 'close']) body.once(event, () => resolve());
    pull();
  });
  clearTimeout(timer);
  body.removeListener('readable', pull);
}

function mustClose(req: IncomingMessage, reply: PlainReply): boolean {
  if (!reply.drain || req.complete) return false;
  return Number(req.headers['content-length'] ?? Number.POSITIVE_INFINITY) > SMALL_BODY_BYTES;
}

async function send(req: IncomingMessage, res: ServerResponse, reply: PlainReply): Promise<void> {
  const closes = mustClose(req, reply);
  if (typeof reply.body === 'string') res.setHeader('content-length', Buffer.byteLength(reply.body));
  if (closes) res.setHeader('connection', 'close');
  res.writeHead(reply.status, reply.headers);
  if (reply.body !== null && typeof reply.body !== 'string') return pipeline(reply.body, res);
  if (!closes || !reply.drain) {
    res.end(reply.body ?? undefined);
    return;
  }
  // The answer first, for who reads it early; the end only after the client has written all, for who does not.
  res.write(reply.body ?? '');
  await drainBody(req, reply.drain);
  res.end();
}

/**
 * Whether Next can take this target: it answers 500 to a path that is not well encoded, and hands on a query with
 * other characters in place of bytes that are no UTF-8.
 */
function isDecodable(target: string): boolean {
  try {
    decodeURIComponent(target);
    return true;
  } catch {
    return false;
  }
}

/** Tells Next what this server knows and a client could otherwise pretend, and gives an answer its length back. */
function handToNext(req: IncomingMessage, res: ServerResponse, request: PlainRequest): void {
  req.headers['x-forwarded-for'] = request.address ?? '';
  req.headers['x-request-id'] = request.requestId;
  const writeHead = res.writeHead.bind(res);
  res.writeHead = ((...head: Parameters<typeof writeHead>) => {
    const length = res.getHeader(LENGTH_HEADER);
    if (length !== undefined) {
      res.removeHeader(LENGTH_HEADER);
      res.setHeader('content-length', length);
    }
    return writeHead(...head);
  }) as typeof res.writeHead;
}

/** What is answered to a request of a page before Next sees it; null when Next may have it. */
function refusePage(req: IncomingMessage, requestId: string): PlainReply | null {
  if (!isOwnHost(req.headers.host)) {
    const sentence =
      'This address is not one of this server. Open it by its own address, or set PUBLIC_URL to this one.\n';
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-request-id': requestId };
    return { status: 421, headers, body: sentence, drain: PAGE_DRAIN };
  }
  const isEndless = req.headers['transfer-encoding'] !== undefined;
  const length = isEndless ? Number.POSITIVE_INFINITY : Number(req.headers['content-length'] ?? 0);
  if (length <= MAX_PAGE_BODY_BYTES) return null;
  const fault = new Fault(
    'too-large',
    `A form of the pages has at most ${MAX_PAGE_BODY_BYTES} bytes. Send less.`,
  );
  return { ...errorReply(fault, requestId), drain: PAGE_DRAIN };
}

/**
 * The fast lane: answers a request of the API without Next.
 * @returns false when it is Next's to answer: a page, or everything with FAST_LANE=off.
 */
export async function serveNode(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const { path, query } = splitTarget(req.url ?? '/');
  const request = toPlain(req, path, query);
  const route = findRoute(path);
  const refusal = route ? null : refusePage(req, request.requestId);
  if (refusal) {
    await send(req, res, refusal);
    return true;
  }
  if (!route || (env().FAST_LANE === 'off' && isDecodable(req.url ?? '/'))) {
    handToNext(req, res, request);
    return false;
  }
  const reply = await answerRoute(route, request);
  try {
    await send(req, res, reply);
  } catch (error) {
    // A client that goes away is normal: docarray does so when its cache has the same size (contract 5.6).
    log().debug({ requestId: request.requestId, err: String(error) }, 'an answer was not read to its end');
    res.destroy();
  }
  logAnswer(request, route.name, reply);
  return true;
}
