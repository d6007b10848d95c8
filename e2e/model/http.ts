import http from 'node:http';
import type { Cut } from './op.ts';

/** What ends a test in which a request gets no answer; everything here is answered within seconds. */
const STUCK_MS = 90_000;
const PIECE_BYTES = 60_000;
/** Less than this is missing from a body that is whole: its closing boundary, two dashes and a line break. */
const CLOSING_BYTES = 3;

export interface Request {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: Buffer;
  isAnnounced?: boolean;
  cut?: Cut;
}

/** An answer, perhaps without its end; `lost` when there was none, with the error's code. */
export type Reply =
  | { kind: 'reply'; status: number; bytes: Buffer; isWhole: boolean }
  | { kind: 'lost'; why: string }
  | { kind: 'gone away' };

/** A request that is under way. The reply never rejects. */
export interface Open {
  request: http.ClientRequest;
  reply: Promise<Reply>;
}

function read(response: http.IncomingMessage): Promise<Reply> {
  const pieces: Buffer[] = [];
  response.on('data', (piece: Buffer) => pieces.push(piece));
  return new Promise((resolve) => {
    const end = () => {
      const status = response.statusCode ?? 0;
      resolve({ kind: 'reply', status, bytes: Buffer.concat(pieces), isWhole: response.complete });
    };
    for (const event of ['end', 'error', 'close']) response.once(event, end);
  });
}

/** A request over a connection of its own, to be written and ended by the caller. */
export function openRequest({ url, method, headers, body, isAnnounced }: Request): Open {
  const lengths = body && isAnnounced ? { 'content-length': String(body.length) } : {};
  const request = http.request(url, { method, agent: false, headers: { ...lengths, ...headers } });
  const reply = new Promise<Reply>((resolve) => {
    request.on('response', (response) => resolve(read(response)));
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ kind: 'lost', why: error.code ?? error.message }),
    );
  });
  return { request, reply };
}

/** Resolves when `start` calls back, or when the connection is gone, after which Node calls nobody. */
async function untilDone(request: http.ClientRequest, start: (done: () => void) => void): Promise<void> {
  if (request.closed) return;
  await new Promise<void>((resolve) => {
    request.once('close', resolve);
    start(() => {
      request.off('close', resolve);
      resolve();
    });
  });
}

/** Writes in pieces, each when the one before is with the kernel or the connection is gone. */
export async function write(request: http.ClientRequest, body: Buffer): Promise<void> {
  for (let at = 0; at < body.length && !request.destroyed; at += PIECE_BYTES)
    await untilDone(request, (done) => request.write(body.subarray(at, at + PIECE_BYTES), done));
}

/** Ends a request and waits for its answer. */
export async function finish({ request, reply }: Open): Promise<Reply> {
  await untilDone(request, (done) => request.end(done));
  const { promise, reject } = Promise.withResolvers<never>();
  const say = () => reject(new Error(`${request.path.slice(0, 80)} was not answered in ${STUCK_MS} ms`));
  const timer = setTimeout(say, STUCK_MS);
  return Promise.race([reply, promise]).finally(() => clearTimeout(timer));
}

/** Sends a request to its end, or cuts it as told. */
export async function exchange(options: Request): Promise<Reply> {
  const { body = Buffer.alloc(0), cut = null } = options;
  const open = openRequest({ ...options, body });
  const { request } = open;
  if (typeof cut === 'number') {
    await write(request, body.subarray(0, 1 + Math.floor(cut * (body.length - CLOSING_BYTES - 1))));
    request.destroy();
    return { kind: 'gone away' };
  }
  await write(request, body);
  if (cut !== 'unheard') return finish(open);
  await untilDone(request, (done) => request.end(done));
  request.destroy();
  return { kind: 'gone away' };
}
