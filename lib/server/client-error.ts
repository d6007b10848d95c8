import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { refuseUnreadable } from '#lib/http/refuse-request.ts';
import { newRequestId } from '#lib/ids.ts';
import { log } from '#lib/log.ts';

/** What Node keeps on a connection while a request of it is answered. */
interface Answering extends Socket {
  _httpMessage?: { headersSent: boolean };
}

function message(code: string | undefined, requestId: string): string {
  const { status, reason = STATUS_CODES[status], headers, body } = refuseUnreadable(code, requestId);
  const text = String(body);
  const all = { ...headers, 'content-length': Buffer.byteLength(text), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status} ${reason}\r\n${lines.join('\r\n')}\r\n\r\n${text}`;
}

/**
 * Answers what Node's parser of HTTP refuses, which never becomes a request: with the sentence and the codes that
 * every other refusal has, since clients fail on an answer that is no JSON (contract 1.8). Ends the connection: where
 * the next request on it would begin, nobody knows.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Answering): void {
  // An answer that has begun must not get a second one into its middle.
  const canAnswer = socket.writable && !socket._httpMessage?.headersSent && error.code !== 'ECONNRESET';
  if (canAnswer) {
    const requestId = newRequestId();
    log().info(
      { requestId, reason: error.code, address: socket.remoteAddress },
      'refused what is no request',
    );
    socket.write(message(error.code, requestId));
  }
  socket.destroySoon();
}
