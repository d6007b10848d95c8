import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Caller } from '#lib/auth/caller.ts';
import { systemClock } from '#lib/clock.ts';
import { Fault } from '#lib/errors.ts';
import { authorize, noMethod } from '#lib/http/authorize.ts';
import { clientFacts, userAgent } from '#lib/http/client-facts.ts';
import { errorReply, httpStatus, publicSentence, replyHeaders } from '#lib/http/errors.ts';
import { baseUrl } from '#lib/http/hosts.ts';
import { queryFields, readInput } from '#lib/http/input.ts';
import { eventsReply } from '#lib/http/lines.ts';
import type { Drain, PlainReply, PlainRequest } from '#lib/http/message.ts';
import { multipartBoundary, readParts } from '#lib/http/multipart.ts';
import { logFailure } from '#lib/http/request-log.ts';
import type { CallContext, Method, Result } from '#lib/rpc/method.ts';
import { methods } from '#lib/rpc/methods.ts';

/** What is read of a refused upload: Python's client reads no answer before it has written everything. */
const DRAIN_KNOWN: Drain = { bytes: 256 * 1024 * 1024, ms: 30_000 };
const DRAIN_UNKNOWN: Drain = { bytes: 16 * 1024 * 1024, ms: 10_000 };
const LIST_PIECE_LENGTH = 64 * 1024;

/** A public sentence for the first thing that is wrong with an input. */
function explain(error: z.ZodError): Fault {
  const issue = error.issues[0];
  const field = issue?.path.join('.') || 'input';
  const isMissing = issue?.code === 'invalid_type' && issue.input === undefined;
  return new Fault(
    'invalid',
    isMissing
      ? `${field} is missing. Send it with the request.`
      : `${field} ${issue?.message ?? 'is wrong'}.`,
  );
}

function parse(method: Method, fields: unknown): unknown {
  const parsed = method.input.safeParse(fields, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw explain(parsed.error);
}

function runUpload(
  method: Extract<Method, { access: 'pusher' }>,
  request: PlainRequest,
  context: CallContext,
): Promise<Result> {
  const boundary = multipartBoundary(request.header('content-type'));
  if (!boundary)
    throw new Fault(
      'invalid',
      'An upload is multipart/form-data with the bytes in a part named file. Send it so.',
    );
  const query = queryFields(request);
  return method.upload(context, {
    parts: readParts(request.body, boundary, request.release),
    announcedBytes: Math.min(Number(request.header('content-length') ?? 0), Number.MAX_SAFE_INTEGER),
    parseFields: (fields) => parse(method, { ...query, ...fields }),
  });
}

async function run(method: Method, request: PlainRequest, context: CallContext): Promise<Result> {
  const { caller } = context.origin;
  if (method.access === 'anyone') return method.run(context, parse(method, await readInput(request)));
  if (method.access === 'pusher') return runUpload(method, request, context);
  if (!caller) throw new Error('a method for users was reached by nobody');
  return method.run({ ...context, caller }, parse(method, await readInput(request)));
}

/** A list as it is sent: in pieces that are worth a write, whatever the number of items. */
async function* listBody(items: AsyncIterable<string>, meta: object): AsyncGenerator<string> {
  let piece = '{"code":200,"status":20000,"data":[';
  let separator = '';
  for await (const item of items) {
    piece += separator + item;
    separator = ',';
    if (piece.length < LIST_PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}],"meta":${JSON.stringify(meta)}}`;
}

/** The success envelope: contract 1.7, on one line. */
function successReply(result: Result, requestId: string, onFailure: (error: unknown) => void): PlainReply {
  const headers = replyHeaders(requestId);
  if (result.kind === 'list')
    return { status: 200, headers, body: Readable.from(listBody(result.items, result.meta)) };
  if (result.kind === 'events') return eventsReply(result, requestId, onFailure);
  if (result.kind === 'bare') return { status: 200, headers, body: JSON.stringify(result.data) };
  if (result.kind === 'accepted')
    return { status: 202, headers, body: JSON.stringify({ code: 202, status: 20200, data: result.data }) };
  const data = result.kind === 'json' ? result.data : JSON.stringify(result.data);
  const meta = result.kind === 'value' && result.meta ? `,"meta":${JSON.stringify(result.meta)}` : '';
  return { status: 200, headers, body: `{"code":200,"status":20000,"data":${data}${meta}}` };
}

/** What makes an error a line of a stream, for clients that look for lines before they look at the status. */
function asLine(method: Method | undefined, error: unknown, { requestId, path }: PlainRequest): object {
  if (method?.lineReaders === 'jina 3') return { type: 'error', subject: 'request' };
  if (method?.lineReaders !== 'jina 2') return {};
  const result = { statusCode: httpStatus(error), message: publicSentence(error, requestId) };
  // Jina 2 takes a line with a status for progress, and looks no further.
  return path.startsWith('/v1/') ? { status: undefined, result } : { result };
}

/**
 * Answers a call of the method `name` (dotted). Never throws: a failure becomes its answer, and what was left of
 * the request's body is read or cut off by the adapter.
 */
export async function answerRpc(name: string, request: PlainRequest): Promise<PlainReply> {
  let caller: Caller | null = null;
  try {
    if (request.verb !== 'GET' && request.verb !== 'POST')
      throw new Fault('no-method', 'Call methods by GET or POST.');
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!method) throw noMethod(name);
    caller = await authorize(request, method, name);
    const origin = {
      caller,
      address: request.address,
      client: userAgent(request),
      requestId: request.requestId,
    };
    const context = {
      origin,
      clock: systemClock,
      baseUrl: baseUrl(request),
      client: clientFacts(request),
      // Later versions, and HubIO, say it with a prefix (contract 1.5).
      isEarlyDocarray: request.header('docarray') !== undefined,
      gone: () => request.gone(),
    };
    const result = await run(method, request, context);
    return successReply(result, request.requestId, (error) => logFailure(error, name, request));
  } catch (error) {
    const known = Object.hasOwn(methods, name) ? methods[name] : undefined;
    logFailure(error, known ? name : 'unknown method', request);
    const line = asLine(known, error, request);
    return {
      ...errorReply(error, request.requestId, undefined, line),
      drain: caller ? DRAIN_KNOWN : DRAIN_UNKNOWN,
    };
  }
}
