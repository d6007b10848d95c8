import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { setInterval } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser } from '#lib/testing/admin.ts';
import { downloadUrl, pushBytes } from '#lib/testing/client.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';

const IDLE_MS = 1_000;
/** More than the kernels of both ends hold, several times. */
const BYTES = randomBytes(24_000_000);
/** So slow that the server sees the reader again only after several times the idle limit. */
const BYTES_A_TICK = 60_000;
const TICK_MS = 50;
const SLOW_FOR_MS = 10_000;

/** A connection that asked for `url` and reads nothing by itself. */
async function openReader(url: string): Promise<net.Socket> {
  const { hostname, port, pathname } = new URL(url);
  const socket = net.connect({ host: hostname, port: Number(port) });
  socket.on('error', () => {});
  socket.pause();
  await once(socket, 'connect');
  socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`);
  return socket;
}

/** Reads slowly for ten seconds, then the rest at once; resolves to what came behind the headers. */
async function readSlowly(socket: net.Socket): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const startedMs of setInterval(TICK_MS, performance.now())) {
    const piece = socket.read(BYTES_A_TICK) as Buffer | null;
    if (piece) pieces.push(piece);
    if (performance.now() - startedMs > SLOW_FOR_MS) break;
  }
  for await (const piece of socket) pieces.push(piece as Buffer);
  const all = Buffer.concat(pieces);
  return all.subarray(all.indexOf('\r\n\r\n') + 4);
}

describe('with an idle limit of one second', () => {
  let server: TestServer;
  let url: string;

  beforeAll(async () => {
    server = await startTestServer({ IDLE_TIMEOUT_MS: String(IDLE_MS) });
    const token = await addUser({ DATA_DIR: server.dataDir }, 'alice');
    await pushBytes(server.url, token, 'large', BYTES);
    url = await downloadUrl(server.url, token, 'large');
  });

  afterAll(() => server.stop());

  it('a reader that is slow, but reads, gets every byte', async () => {
    const body = await readSlowly(await openReader(url));
    expect(body.equals(BYTES)).toBe(true);
  });

  it('a reader that reads nothing any more is let go', async () => {
    const ended = async () => {
      const text = await (await fetch(`${server.url}/api/metrics`)).text();
      return Number(/requests_total\{method="download",code="200"\} (\d+)/.exec(text)?.[1] ?? 0);
    };
    const before = await ended();
    const socket = await openReader(url);
    await expect.poll(ended, { timeout: 30_000, interval: 250 }).toBe(before + 1);
    socket.destroy();
  });
});
