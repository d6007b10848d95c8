import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type Socket } from 'node:net';
import { guardedLookup, type Reach, requireReachable, UnreachableError } from './addresses.ts';

const CONNECT_TIMEOUT_MS = 30_000;
/** Said of a connection from one end to the next alone; the others are handed on. */
const HOP_BY_HOP = ['proxy-connection', 'proxy-authorization', 'connection', 'keep-alive', 'te', 'upgrade'];

function statusOf(error: unknown): number {
  return error instanceof UnreachableError ? 403 : 502;
}

function tunnel(request: IncomingMessage, inner: Socket, head: Buffer, reach: Reach): void {
  const { hostname, port } = new URL(`http://${request.url}`);
  requireReachable(hostname, reach);
  const host = hostname.replace(/^\[|\]$/g, '');
  const outer = net.connect({ host, port: Number(port || 80), lookup: guardedLookup(reach) });
  outer.setTimeout(CONNECT_TIMEOUT_MS, () => outer.destroy());
  outer.once('connect', () => {
    outer.setTimeout(0);
    inner.write('HTTP/1.1 200 Connection established\r\n\r\n');
    outer.write(head);
    inner.pipe(outer).pipe(inner);
  });
  outer.on('error', (error) => inner.end(`HTTP/1.1 ${statusOf(error)} ${error.message}\r\n\r\n`));
  inner.on('error', () => outer.destroy());
  inner.on('close', () => outer.destroy());
  outer.on('close', () => inner.destroy());
}

function forward(request: IncomingMessage, response: ServerResponse, reach: Reach): void {
  const url = new URL(request.url ?? '');
  if (url.protocol !== 'http:') throw new UnreachableError('only http and https are handed on');
  requireReachable(url.hostname, reach);
  const headers = { ...request.headers };
  for (const name of HOP_BY_HOP) delete headers[name];
  const outer = http.request(
    url,
    { method: request.method, headers, lookup: guardedLookup(reach) },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    },
  );
  outer.on('error', (error) => {
    if (response.headersSent) return void response.destroy();
    response.writeHead(statusOf(error)).end(`${error.message}\n`);
  });
  response.on('close', () => outer.destroy());
  request.pipe(outer);
}

/** A proxy for http and https that reaches everything but this machine, and other machines near it only if `reach` says so. */
export function openGateServer(reach: Reach): http.Server {
  const server = http.createServer((request, response) => {
    try {
      forward(request, response, reach);
    } catch (error) {
      response.writeHead(error instanceof UnreachableError ? 403 : 400).end(`${(error as Error).message}\n`);
    }
  });
  server.on('connect', (request, socket: Socket, head) => {
    socket.on('error', () => socket.destroy());
    try {
      tunnel(request, socket, head, reach);
    } catch (error) {
      socket.end(
        `HTTP/1.1 ${error instanceof UnreachableError ? 403 : 400} ${(error as Error).message}\r\n\r\n`,
      );
    }
  });
  return server;
}
