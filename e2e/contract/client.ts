import http from 'node:http';
import { inject } from 'vitest';

/** An answer as it came over the wire. */
export interface Reply {
  status: number;
  headers: http.IncomingHttpHeaders;
  bytes: Buffer;
}

/** The envelope of contract 1.7 and 1.8. */
export interface Envelope {
  code: number;
  status: number;
  data: unknown;
  meta?: Record<string, number>;
  name?: string;
  message?: string;
  readableMessage?: string;
}

export interface Request {
  method?: string;
  /** Sent exactly as it is. */
  path: string;
  headers?: Record<string, string>;
  /** Pieces are sent chunked, a buffer with its length. */
  body?: Buffer | Iterable<Buffer>;
}

/** Where the server of this lane listens. */
export function origin(): string {
  return inject('station').url;
}

/** One request over a connection of its own, without any manners of a browser or of fetch. */
export function send({ method = 'GET', path, headers = {}, body }: Request): Promise<Reply> {
  const { hostname, port } = new URL(origin());
  const lengths = Buffer.isBuffer(body) ? { 'content-length': String(body.length) } : {};
  return new Promise((resolve, reject) => {
    const request = http.request({
      hostname,
      port,
      method,
      path,
      headers: { ...lengths, ...headers },
      agent: false,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes: Buffer.concat(pieces),
        }),
      );
    });
    if (body && !Buffer.isBuffer(body)) for (const piece of body) request.write(piece);
    request.end(Buffer.isBuffer(body) ? body : undefined);
  });
}

/** How a call of a method is made; POST without a body and without a content type unless told. */
export interface Call {
  token?: string;
  via?: 'GET' | 'POST';
  query?: Record<string, string> | string;
  json?: unknown;
  /** Repeated keys are a list. */
  form?: [string, string][];
  headers?: Record<string, string>;
  body?: Buffer | Iterable<Buffer>;
}

function encoded(call: Call): { type: string; body: Buffer } | null {
  if (call.json !== undefined)
    return { type: 'application/json', body: Buffer.from(JSON.stringify(call.json)) };
  if (call.form) {
    const body = Buffer.from(new URLSearchParams(call.form).toString());
    return { type: 'application/x-www-form-urlencoded', body };
  }
  return null;
}

/** Calls a method by its dotted name. */
export function rpc(method: string, call: Call = {}): Promise<Reply> {
  const query = call.query ? `?${new URLSearchParams(call.query)}` : '';
  const content = encoded(call);
  const verb = call.via ?? 'POST';
  const headers: Record<string, string> = {
    ...(call.token === undefined ? {} : { authorization: `token ${call.token}` }),
    ...(content ? { 'content-type': content.type } : {}),
    ...call.headers,
  };
  const body = content?.body ?? call.body ?? (verb === 'POST' ? Buffer.alloc(0) : undefined);
  return send({ method: verb, path: `/v2/rpc/${method}${query}`, headers, body });
}

/** The JSON of a reply; fails for anything else. */
export function envelope(reply: Reply): Envelope {
  return JSON.parse(reply.bytes.toString());
}

/** The `data` of a reply that must be a success. */
export function dataOf<T = Record<string, unknown>>(reply: Reply): T {
  const parsed = envelope(reply);
  if (reply.status !== 200) throw new Error(`${reply.status}: ${parsed.readableMessage}`);
  return parsed.data as T;
}

/** `HTTP status/status` of a reply, such as `404/40403`. */
export function codes(reply: Reply): string {
  const parsed = envelope(reply);
  if (parsed.code !== reply.status) throw new Error(`code ${parsed.code} in a reply of HTTP ${reply.status}`);
  return `${reply.status}/${parsed.status}`;
}
