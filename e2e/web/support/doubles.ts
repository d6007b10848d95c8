import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request to a double, with its form read. */
export interface Asked {
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  headers: http.IncomingHttpHeaders;
}

/** What a double answers; null: nothing, ever. */
export type Answer = { status?: number; headers?: Record<string, string>; body?: string } | null;

/** A server on loopback that answers in place of a provider. */
export interface Double {
  url: string;
  stop(): Promise<void>;
}

/** An answer of JSON. */
export function json(value: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** Listens on a free port, or on a given one. */
export async function listenOn(handler: http.RequestListener, port = 0): Promise<Double> {
  const server = http.createServer(handler).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Starts a double that answers each request by `answer`. */
export function startDouble(answer: (asked: Asked) => Answer): Promise<Double> {
  return listenOn(async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://double');
    const form = new URLSearchParams(await text(req));
    const given = answer({ path: url.pathname, query: url.searchParams, form, headers: req.headers });
    if (given) res.writeHead(given.status ?? 200, given.headers).end(given.body ?? '');
  });
}

/** Sends the browser back to the server under test. */
export function sendBack(query: URLSearchParams, fields: Record<string, string>): Answer {
  const target = new URL(query.get('redirect_uri') ?? '');
  target.searchParams.set('state', query.get('state') ?? '');
  for (const [name, value] of Object.entries(fields)) target.searchParams.set(name, value);
  return { status: 302, headers: { location: target.href } };
}
