import http, { type IncomingMessage } from 'node:http';
import { Fault, type FaultKind } from '#lib/errors.ts';
import { errorReply } from '#lib/http/errors.ts';
import { isOwnHost } from '#lib/http/hosts.ts';
import type { Drain, PlainReply } from '#lib/http/message.ts';

/** The pages send only the forms of next-auth, which reads them whole. */
const MAX_PAGE_BODY_BYTES = 64 * 1024;
const DRAIN: Drain = { bytes: 1024 * 1024, ms: 5_000 };

/** What pages are asked by; Next would answer any other verb as if it were GET. */
const PAGE_VERBS = ['GET', 'HEAD', 'POST'];

/** How many there are: Node takes the first of several, and a proxy in front may have taken another. */
function countHosts({ rawHeaders }: IncomingMessage): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === 'host') hosts++;
  return hosts;
}

/** What is wrong with a request as such, as a sentence; null when nothing is. */
function problemOf(req: IncomingMessage, path: string): string | null {
  const { host = '', 'transfer-encoding': coding = 'chunked' } = req.headers;
  const hosts = countHosts(req);
  if (!path.startsWith('/'))
    return 'The request names no path. Ask for one, such as /v2/rpc/user.identity.whoami.';
  // HTTP/1.0 knows no Host.
  if (hosts > 1 || (hosts === 0 && req.httpVersion === '1.1'))
    return 'The request names no Host, or more than one. Send one.';
  if (host !== '' && !URL.canParse(`http://${host}`))
    return 'The Host of the request is no host. Send the one of this server.';
  // Node undoes chunks and hands on whatever else the body was coded with.
  if (coding.toLowerCase() !== 'chunked')
    return 'The body comes in a transfer encoding that is not read here. Send it chunked, or with its length.';
  return null;
}

/** The answer to a request that nobody should have to understand, whatever it asks for; null for every other one. */
export function refuseRequest(req: IncomingMessage, path: string, requestId: string): PlainReply | null {
  const problem = problemOf(req, path);
  return problem === null ? null : { ...errorReply(new Fault('invalid', problem), requestId), drain: DRAIN };
}

function plainText(status: number, requestId: string, sentence: string): PlainReply {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-request-id': requestId };
  return { status, headers, body: `${sentence}\n`, drain: DRAIN };
}

/** What is answered to a request of a page before Next sees it; null when Next may have it. */
export function refusePage(req: IncomingMessage, requestId: string): PlainReply | null {
  if (!isOwnHost(req.headers.host))
    return plainText(
      421,
      requestId,
      'This address is not one of this server. Open it by its own address, or set PUBLIC_URL to this one.',
    );
  if (!PAGE_VERBS.includes(req.method ?? 'GET')) {
    const reply = plainText(405, requestId, `Pages are opened by ${PAGE_VERBS.join(', ')} only.`);
    return { ...reply, headers: { ...reply.headers, allow: PAGE_VERBS.join(', ') } };
  }
  const isEndless = req.headers['transfer-encoding'] !== undefined;
  const length = isEndless ? Number.POSITIVE_INFINITY : Number(req.headers['content-length'] ?? 0);
  if (length <= MAX_PAGE_BODY_BYTES) return null;
  const fault = new Fault(
    'too-large',
    `A form of the pages has at most ${MAX_PAGE_BODY_BYTES} bytes. Send less.`,
  );
  return { ...errorReply(fault, requestId), drain: DRAIN };
}

interface Unreadable {
  kind: FaultKind;
  sentence: string;
  code?: number;
}

/** What Node's parser of HTTP says, by its error codes. */
const UNREADABLE: Record<string, Unreadable> = {
  HPE_HEADER_OVERFLOW: {
    kind: 'invalid',
    sentence: `The headers of the request are longer than ${http.maxHeaderSize} bytes. Send fewer.`,
    code: 431,
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    kind: 'too-large',
    sentence: 'The chunks of the body have long extensions. Send them without.',
  },
  HPE_INVALID_EOF_STATE: {
    kind: 'broken-upload',
    sentence: 'The request ended before all of it was there. Send it again.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    kind: 'broken-upload',
    sentence: 'The headers of the request took too long to come. Send it again.',
    code: 408,
  },
};
const NO_HTTP: Unreadable = {
  kind: 'invalid',
  sentence: 'The request is not well-formed HTTP. Send it as an HTTP client does.',
};

/** The answer to what is no request at all, or only half of one. */
export function refuseUnreadable(reason: string | undefined, requestId: string): PlainReply {
  const { kind, sentence, code } = UNREADABLE[reason ?? ''] ?? NO_HTTP;
  return errorReply(new Fault(kind, sentence), requestId, code);
}
