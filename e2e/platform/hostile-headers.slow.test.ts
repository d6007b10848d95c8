import net from 'node:net';
import { expect, it, vi } from 'vitest';
import { startTestServer } from '#lib/testing/server.ts';

const CONNECTIONS = 100;
/** Each header comes well before the connection would count as silent. */
const HEADER_EVERY_MS = 2_000;
/** `HEADERS_TIMEOUT_MS` in lib/server/listen.ts, and Node's half a minute between two looks. */
const LONGEST_MS = 60_000 + 30_000 + 15_000;

it('headers that come one by one for ever are ended after their time, with an answer', async () => {
  const server = await startTestServer();
  const { hostname, port } = new URL(server.url);
  const answers: string[] = [];
  const startMs = performance.now();
  for (let count = 0; count < CONNECTIONS; count++) {
    const socket = net.connect({ host: hostname, port: Number(port) });
    let answer = '';
    socket.on('error', () => {});
    socket.on('data', (piece: Buffer) => {
      answer += piece.toString();
    });
    socket.write('GET /ping HTTP/1.1\r\nHost: localhost\r\n');
    const timer = setInterval(() => socket.write('X-A: b\r\n'), HEADER_EVERY_MS);
    socket.on('close', () => {
      clearInterval(timer);
      answers.push(answer);
    });
  }
  await vi.waitUntil(() => answers.length > 0, { timeout: LONGEST_MS, interval: 100 });
  expect(performance.now() - startMs).toBeGreaterThan(50_000);
  expect((await fetch(`${server.url}/ping`)).status).toBe(200);
  await vi.waitUntil(() => answers.length === CONNECTIONS, { timeout: LONGEST_MS, interval: 100 });
  for (const answer of answers) {
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"status":40003');
  }
  await server.stop();
});
