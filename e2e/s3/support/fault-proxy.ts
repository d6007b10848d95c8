import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What happens to a request on its way to the store, instead of nothing. */
export type Mishap =
  /** The store answers so, with an error of S3. */
  | { answers: number; code: string }
  /** The store took the request and never says a word. */
  | 'silence'
  /** The connection ends after so many bytes of the body, which is on its way up or down. */
  | { cutsAfter: number; of: 'request' | 'answer' }
  /** The store does what it is told, and the connection ends before it says so. */
  | 'lost answer'
  /** Bytes of the request's body trickle: so many milliseconds for each piece. */
  | { pieceMs: number };

/** A request as the proxy sees it. */
export interface SeenRequest {
  verb: string;
  /** With the query, such as `/bucket/key?uploadId=…&partNumber=1`. */
  target: string;
}

/** A proxy between a server and its store, which can be told to be a bad road. */
export interface FaultProxy {
  url: string;
  /** What has come by so far. */
  seen: SeenRequest[];
  /** Asked for each request, before it goes on; null for none. */
  plan: (request: SeenRequest) => Mishap | null | Promise<null>;
  /** Refuses connections, and cuts those that there are, until `comeBack`. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

function errorBody(code: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>by the test</Message></Error>`;
}

/** Lets so many bytes pass and then fails. */
function cutAfter(bytes: number): Transform {
  let left = bytes;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      left -= piece.length;
      done(left < 0 ? new Error('cut') : null, piece);
    },
  });
}

function trickle(pieceMs: number): Transform {
  return new Transform({
    transform: (piece: Buffer, _encoding, done) => void setTimeout(() => done(null, piece), pieceMs),
  });
}

function changeBody(mishap: Mishap | null, side: 'request' | 'answer'): Transform[] {
  if (mishap === null || typeof mishap === 'string') return [];
  if ('cutsAfter' in mishap && mishap.of === side) return [cutAfter(mishap.cutsAfter)];
  return 'pieceMs' in mishap && side === 'request' ? [trickle(mishap.pieceMs)] : [];
}

async function forward(
  req: IncomingMessage,
  res: ServerResponse,
  target: string,
  mishap: Mishap | null,
): Promise<void> {
  const { method, url, rawHeaders, socket } = req;
  // The Host is part of what is signed: it stays that of the proxy.
  const onward = http.request(target + url, { method, headers: rawHeaders, agent: false });
  const answered = once(onward, 'response') as Promise<[IncomingMessage]>;
  try {
    await pipeline([req, ...changeBody(mishap, 'request'), onward]);
    const [answer] = await answered;
    if (mishap === 'lost answer') {
      await once(answer.resume(), 'end');
      throw new Error('lost');
    }
    res.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
    await pipeline([answer, ...changeBody(mishap, 'answer'), res]);
  } catch {
    answered.catch(() => {});
    onward.destroy();
    socket.destroy();
  }
}

/** Starts one in front of `target`, such as `http://127.0.0.1:5935`. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const server = http.createServer(async (req, res) => {
    const request = { verb: req.method ?? '', target: req.url ?? '' };
    proxy.seen.push(request);
    const mishap = await proxy.plan(request);
    if (mishap === 'silence') return;
    if (mishap !== null && typeof mishap === 'object' && 'answers' in mishap) {
      req.resume().once('end', () => res.writeHead(mishap.answers).end(errorBody(mishap.code)));
      return;
    }
    void forward(req, res, target, mishap);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const goAway = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${port}`,
    seen: [],
    plan: () => null,
    goAway,
    async comeBack() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    stop: async () => {
      if (server.listening) await goAway();
    },
  };
  return proxy;
}
