import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { env } from '#lib/env.ts';
import { clientAddress } from '#lib/http/address.ts';
import { setContentPolicy } from '#lib/http/content-policy.ts';
import { holdScript } from '#lib/http/hold-script.ts';
import { LINES_TYPE } from '#lib/http/lines.ts';
import type { Drain, PlainReply, PlainRequest } from '#lib/http/message.ts';
import { passPageStatus } from '#lib/http/page-status.ts';
import { refusePage, refuseRequest } from '#lib/http/refuse-request.ts';
import { logAnswer } from '#lib/http/request-log.ts';
import { answerRoute, findRoute } from '#lib/http/router.ts';
import { newRequestId } from '#lib/ids.ts';
import { log } from '#lib/log.ts';

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

/**
 * Gives the memory of a piece back now. The collector does not see how much hangs on such a small object: it would
 * let hundreds of megabytes wait, and then take half of a large push's time. The parser made the piece for us alone.
 */
function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

function whenGone(res: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (res.destroyed) gone.abort();
  res.once('close', () => gone.abort());
  return gone.signal;
}

function toPlain(req: IncomingMessage, res: ServerResponse, path: string, query: string): PlainRequest {
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
    release,
    address: clientAddress(req.socket.remoteAddress, req.headers['x-forwarded-for']?.toString()),
    requestId: newRequestId(),
    receivedAt: new Date(),
    gone: () => whenGone(res),
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

/** A body that takes back the pieces that were sent. */
interface Recycling {
  recycle?(piece: Uint8Array): void;
}

/** Sends a stream, a piece at a time: the next one is read while one is on its way. */
async function sendStream(body: Readable & Recycling, res: ServerResponse): Promise<void> {
  // Who makes the next piece may wait for minutes, and should hear that nobody wants it.
  res.once('close', () => body.destroy());
  for await (const piece of body) {
    await new Promise<void>((resolve, reject) => {
      res.write(piece, (error) => (error ? reject(error) : resolve()));
    });
    body.recycle?.(piece);
  }
  res.end();
}

async function send(req: IncomingMessage, res: ServerResponse, reply: PlainReply): Promise<void> {
  const closes = mustClose(req, reply);
  if (typeof reply.body === 'string') res.setHeader('content-length', Buffer.byteLength(reply.body));
  if (closes) res.setHeader('connection', 'close');
  res.writeHead(reply.status, reply.reason, reply.headers);
  allowSilence(res, reply.headers['content-type']);
  if (reply.body !== null && typeof reply.body !== 'string') return sendStream(reply.body, res);
  if (!closes || !reply.drain) {
    res.end(reply.body ?? undefined);
    return;
  }
  // The answer first, for who reads it early; the end only after the client has written all, for who does not.
  res.write(reply.body ?? '');
  await drainBody(req, reply.drain);
  res.end();
}

/** A stream of lines may say nothing for minutes, and has no line that means nothing (contract 1.9). */
function allowSilence(res: ServerResponse, type: unknown): void {
  if (type === LINES_TYPE) res.setTimeout(0);
}

/** The verbs that our route files take; Next itself answers every other one, TRACE with 500. */
const NEXT_VERBS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/**
 * Whether Next can take this request of the API: it answers 500 to a path that is not well encoded, makes another
 * one of a path with dots, drops what follows a `#`, and hands on a query with other characters in place of bytes
 * that are no UTF-8.
 */
function isForNext(req: IncomingMessage, path: string): boolean {
  const target = req.url ?? '/';
  try {
    decodeURIComponent(target);
    const { pathname, hash } = new URL(target, 'http://localhost');
    return pathname === path && hash === '' && NEXT_VERBS.has(req.method ?? 'GET');
  } catch {
    return false;
  }
}

/** Tells Next what this server knows and a client could otherwise pretend, and gives an answer its length back. */
function handToNext(req: IncomingMessage, res: ServerResponse, request: PlainRequest): void {
  // Without the host that a target may name: Next would redirect to it.
  req.url = request.path + (request.query === '' ? '' : `?${request.query}`);
  req.headers['x-forwarded-for'] = request.address ?? '';
  req.headers['x-request-id'] = request.requestId;
  const writeHead = res.writeHead.bind(res);
  res.writeHead = ((...head: Parameters<typeof writeHead>) => {
    const length = res.getHeader(LENGTH_HEADER);
    if (length !== undefined) {
      res.removeHeader(LENGTH_HEADER);
      res.setHeader('content-length', length);
    }
    allowSilence(res, res.getHeader('content-type'));
    return writeHead(...head);
  }) as typeof res.writeHead;
}

/** What a page needs of this server, which Next cannot give it. */
function preparePage(req: IncomingMessage, res: ServerResponse, { requestId }: PlainRequest): void {
  res.setHeader('x-request-id', requestId);
  setContentPolicy(req, res);
  passPageStatus(req, res, requestId);
}

/**
 * The fast lane: answers a request of the API without Next.
 * @returns false when it is Next's to answer: a page, or everything with FAST_LANE=off.
 */
export async function serveNode(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const { path, query } = splitTarget(req.url ?? '/');
  const request = toPlain(req, res, path, query);
  const route = findRoute(path);
  const refusal =
    refuseRequest(req, path, request.requestId) ?? (route ? null : refusePage(req, request.requestId));
  if (refusal) {
    await send(req, res, refusal);
    return true;
  }
  if (!route || (env().FAST_LANE === 'off' && isForNext(req, path))) {
    if (!route && (await holdScript(req, res))) return true;
    if (!route) preparePage(req, res, request);
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
