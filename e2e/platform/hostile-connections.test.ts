import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { pullBytes, pushBytes } from '#lib/testing/client.ts';
import { queryOnce } from '#lib/testing/database.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';

/** Long enough to serve others on a slow machine while all of the hostile connections are open. */
const IDLE_MS = 30_000;
const SHORT_IDLE_MS = 3_000;
const CONNECTIONS = 300;
/** Long enough for the slowest machine; the waits end as soon as they can. */
const PATIENT = { timeout: 60_000, interval: 50 };
const MAX_GROWTH_BYTES = 100_000_000;

let server: TestServer;
let env: { DATA_DIR: string };
let token: string;
const kept = Buffer.alloc(1_000_000, 'kept');

beforeAll(async () => {
  server = await startTestServer({ IDLE_TIMEOUT_MS: String(IDLE_MS) });
  env = { DATA_DIR: server.dataDir };
  token = await addUser(env, 'mira');
  await pushBytes(server.url, token, 'kept', kept);
});

afterAll(() => server.stop());

function connect(url = server.url): net.Socket {
  const { hostname, port } = new URL(url);
  const socket = net.connect({ host: hostname, port: Number(port) });
  // The server cuts it, which is what is wanted.
  socket.on('error', () => {});
  return socket;
}

function push(...lines: string[]): string {
  const all = [
    'POST /v2/rpc/artifact.upload HTTP/1.1',
    'Host: localhost',
    `Authorization: token ${token}`,
    ...lines,
  ];
  return `${all.join('\r\n')}\r\n\r\n`;
}

const FORM = 'Content-Type: multipart/form-data; boundary=b';
const FILE = '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n';

/** Each leaves the server waiting for what never comes. */
const BEGINNINGS: (() => string)[] = [
  () => '',
  () => 'GET /pi',
  () => 'GET /ping HTTP/1.1\r\nHost: localhost\r\nX-',
  () => push(FORM, 'Content-Length: 1000000'),
  () => `${push(FORM, 'Transfer-Encoding: chunked')}${FILE.length.toString(16)}\r\n${FILE}\r\n`,
  () => push(FORM, 'Content-Length: 1000000') + FILE + 'x'.repeat(70_000),
  () => push(FORM, 'Content-Length: 1000000').replace(token, 'somerandomtoken') + FILE,
];

async function openPushes(): Promise<number> {
  const rows = await queryOnce<{ count: number }>(
    server.databaseUrl,
    `SELECT count(*)::int AS count FROM blob WHERE state <> 'committed'`,
  );
  return rows[0]?.count ?? -1;
}

/** Memory in use by the server now, in bytes, where the system says so. */
function residentBytes(): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

it.runIf(process.platform === 'linux')(
  'hundreds of connections that say nothing, or half of something, keep nobody else waiting and end',
  async () => {
    const before = { bytes: residentBytes(), files: readdirSync(`/proc/${server.pid}/fd`).length };
    let open = CONNECTIONS;
    for (let count = 0; count < CONNECTIONS; count++) {
      const socket = connect().resume();
      socket.on('close', () => open--);
      socket.write(BEGINNINGS[count % BEGINNINGS.length]?.() ?? '');
    }
    const half = (CONNECTIONS / BEGINNINGS.length) * 2;
    await expect.poll(openPushes, PATIENT).toBeGreaterThan(half);
    for (let count = 0; count < 50; count++) await fetch(`${server.url}/ping`);
    for (let count = 0; count < 5; count++) {
      await pushBytes(server.url, token, 'other', kept);
      expect(await pullBytes(server.url, token, 'kept')).toEqual(kept);
    }
    // All were served while every one of those was still open: nobody waited for one to end.
    expect(open).toBe(CONNECTIONS);
    const grownBytes = residentBytes() - before.bytes;
    console.error(`with ${open} hostile connections: ${(grownBytes / 1e6).toFixed(0)} MB more`);
    expect(grownBytes).toBeLessThan(MAX_GROWTH_BYTES);
    await vi.waitUntil(() => open === 0, PATIENT);
    await expect.poll(openPushes, PATIENT).toBe(0);
    await runAdmin(env, ['sweep', '--at', new Date(Date.now() + 3_600_000).toISOString()]);
    expect(await queryOnce(server.databaseUrl, 'SELECT state FROM blob')).toHaveLength(2);
    await expect
      .poll(() => readdirSync(`/proc/${server.pid}/fd`).length, PATIENT)
      .toBeLessThan(before.files + 50);
    expect(await pullBytes(server.url, token, 'kept')).toEqual(kept);
  },
);

it('a push that comes byte by byte is no silence: it lasts longer than the idle timeout, and is stored', async () => {
  const own = await startTestServer({ IDLE_TIMEOUT_MS: String(SHORT_IDLE_MS) });
  onTestFinished(() => own.stop());
  const ownToken = await addUser({ DATA_DIR: own.dataDir }, 'mira');
  const body = `${FILE}slow bytes\r\n--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nslow\r\n--b--\r\n`;
  const socket = connect(own.url);
  const answer = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (piece: Buffer) => {
      text += piece.toString();
      if (text.includes('}}')) resolve(text);
    });
    socket.on('close', () => resolve(text));
  });
  socket.write(push(FORM, `Content-Length: ${body.length}`).replace(token, ownToken));
  const startMs = performance.now();
  const step = Math.ceil(body.length / 8);
  for (let at = 0; at < body.length; at += step) {
    socket.write(body.slice(at, at + step));
    const untilMs = startMs + ((at / step + 1) * SHORT_IDLE_MS) / 4;
    await vi.waitUntil(() => performance.now() > untilMs, PATIENT);
  }
  expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(performance.now() - startMs).toBeGreaterThan(1.5 * SHORT_IDLE_MS);
  socket.destroy();
  expect((await pullBytes(own.url, ownToken, 'slow')).toString()).toBe('slow bytes');
});
