import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { env } from '#lib/env.ts';
import { serveNode } from '#lib/http/node.ts';
import { log } from '#lib/log.ts';
import { Refusal } from '#lib/refusal.ts';
import { answerClientError } from '#lib/server/client-error.ts';
import { endSilentConnections } from '#lib/server/idle.ts';
import type { NextBehind } from '#lib/server/next.ts';

/** The server while it listens. */
export interface Listening {
  server: http.Server;
  /** Takes no new requests, waits for the running ones, and ends what is left after half a minute. */
  close(): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 60_000;
const DRAIN_TIMEOUT_MS = 30_000;

/** What a process for background work answers: whoever watches it asks there. */
const WATCHED = /^\/(ping|api\/(health|ready|metrics))(\?|$)/;

/** Folds repeated slashes of the path: `//v2/rpc` would otherwise be a host's name to URL parsers. */
function foldSlashes(target: string): string {
  const [, scheme = '', path = '', rest = ''] = /^(https?:\/\/)?([^?#]*)(.*)$/is.exec(target) ?? [];
  return scheme + path.replaceAll(/\/{2,}/g, '/') + rest;
}

async function answer(req: IncomingMessage, res: ServerResponse, next: NextBehind): Promise<void> {
  try {
    const target = foldSlashes(req.url ?? '/');
    req.url = target;
    const isOffered = env().ROLE !== 'worker' || WATCHED.test(target);
    if (!isOffered || !(await serveNode(req, res))) await next.handle(req, res);
  } catch (error) {
    log().error({ err: error }, 'a request failed outside of its handler');
    if (res.headersSent) res.destroy();
    else res.writeHead(500).end();
  }
}

function makeServer(next: NextBehind): http.Server {
  const server = http.createServer({
    // An upload may take hours; what ends it is silence (`timeout`), not age.
    requestTimeout: 0,
    headersTimeout: HEADERS_TIMEOUT_MS,
    // Node refuses a request without a Host by an answer without a body; lib/http says why.
    requireHostHeader: false,
    // Next listens for upgrades by itself, and closes those that it has no use for: only pages under development have one.
    shouldUpgradeCallback: () => next.upgrade !== null,
  });
  endSilentConnections(server, env().IDLE_TIMEOUT_MS);
  server.on('request', (req, res) => void answer(req, res, next));
  server.on('clientError', answerClientError);
  return server;
}

/** Hands websockets on. Returns those that are open: the server does not count them among its connections. */
function passUpgrades(server: http.Server, upgrade: NextBehind['upgrade']): Set<Duplex> {
  const open = new Set<Duplex>();
  if (!upgrade) return open;
  server.on('upgrade', (req, socket, head) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    upgrade(req, socket, head).catch((error) => {
      log().warn({ err: String(error) }, 'an upgrade failed');
      socket.destroy();
    });
  });
  return open;
}

async function bind(server: http.Server): Promise<void> {
  const { HOST, PORT } = env();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(PORT, HOST, resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    const reasons: Record<string, string> = {
      EADDRINUSE: 'is taken by another program; stop that or give another PORT',
      EACCES: 'is not allowed to this user; give a PORT from 1024',
      EADDRNOTAVAIL: 'is not an address of this machine; give another HOST',
    };
    const reason = reasons[error.code ?? ''];
    throw reason ? new Refusal(`${HOST}:${PORT} ${reason}.`) : error;
  });
}

async function close(server: http.Server, websockets: Set<Duplex>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // They never end by themselves.
  for (const socket of websockets) socket.destroy();
  // Answers under way say "Connection: close" from here on, but a kept connection may be idle in between.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  await Promise.race([closed, delay(DRAIN_TIMEOUT_MS, undefined, { ref: false })]);
  clearInterval(idle);
  server.closeAllConnections();
  await closed;
}

/**
 * Listens on `HOST` and `PORT`: the fast lane answers first, Next what that leaves.
 * @throws Refusal when the address cannot be had.
 */
export async function listen(next: NextBehind): Promise<Listening> {
  const server = makeServer(next);
  const websockets = passUpgrades(server, next.upgrade);
  await bind(server);
  return { server, close: () => close(server, websockets) };
}

/** The URL by which this machine reaches the server. */
export function addressOf({ server }: Listening): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
