import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { setInterval as ticks } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser } from '#lib/testing/admin.ts';
import { downloadUrl, openPush, pullBytes, pushBytes } from '#lib/testing/client.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';

/** More than six minutes, and more than the 300 s after which Node's own `requestTimeout` would end a request. */
const LONG_SECONDS = 380;
const TICK_MS = 400;
const BYTES_A_TICK = 300;
const TRICKLE_BYTES = (LONG_SECONDS * 1000 * BYTES_A_TICK) / TICK_MS;
/** A reader on this machine lets megabytes into the kernel's buffers before it holds the server back. */
const LARGE_BYTES = 40_000_000;
const STEADY_BYTES_A_TICK = Math.ceil((LARGE_BYTES * TICK_MS) / (LONG_SECONDS * 1000));
const LANES = [
  ['the fast lane', 'on'],
  ['Next', 'off'],
] as const;
const stations: Record<string, { server: TestServer; token: string }> = {};

const hasPython = spawnSync('python3', ['--version']).status === 0;

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function stationOf(lane: string) {
  const station = stations[lane];
  if (!station) throw new Error(`no server for ${lane}`);
  return station;
}

/** Pushes bytes of its own, a few at a time. Resolves to them when they are acknowledged. */
async function pushSlowly(server: TestServer, token: string): Promise<{ sent: Buffer; seconds: number }> {
  const sent = randomBytes(TRICKLE_BYTES);
  const begin = performance.now();
  const push = openPush(server.url, token, 'trickled');
  let at = 0;
  for await (const _ of ticks(TICK_MS)) {
    await push.write(sent.subarray(at, at + BYTES_A_TICK));
    at += BYTES_A_TICK;
    if (at >= sent.length) break;
  }
  expect(await push.finish()).toMatchObject({ status: 200, body: { data: { size: TRICKLE_BYTES } } });
  return { sent, seconds: (performance.now() - begin) / 1000 };
}

/** Reads an answer at a steady pace, which leaves the server waiting for room nearly all the time. */
async function readSteadily(url: string): Promise<{ sha256: string; seconds: number }> {
  const begin = performance.now();
  const [response] = (await once(http.get(url, { agent: false }), 'response')) as [http.IncomingMessage];
  const digest = createHash('sha256');
  let owed = 0;
  let sizeBytes = 0;
  response.on('readable', () => {});
  for await (const _ of ticks(TICK_MS)) {
    owed += STEADY_BYTES_A_TICK;
    const piece: Buffer | null = response.read(Math.min(owed, response.readableLength));
    owed -= piece?.length ?? 0;
    sizeBytes += piece?.length ?? 0;
    if (piece) digest.update(piece);
    if (response.errored) throw response.errored;
    if (sizeBytes === Number(response.headers['content-length'])) break;
  }
  return { sha256: digest.digest('hex'), seconds: (performance.now() - begin) / 1000 };
}

interface Trickled {
  status: number;
  sizeBytes: number;
  sha256: string;
  seconds: number;
}

/** Reads at less than a kilobyte a second over what is to the server a slow line. */
async function readSlowly(url: string): Promise<Trickled> {
  const pace = TRICKLE_BYTES / LONG_SECONDS;
  const reader = path.join(import.meta.dirname, 'slow_reader.py');
  const child = spawn('python3', [reader, url, String(pace)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return (await json(child.stdout)) as Trickled;
}

beforeAll(async () => {
  for (const [, fastLane] of LANES) {
    const server = await startTestServer({ FAST_LANE: fastLane });
    stations[fastLane] = { server, token: await addUser({ DATA_DIR: server.dataDir }, 'mira') };
  }
});

afterAll(async () => {
  for (const { server } of Object.values(stations)) await server.stop();
});

// All at the same time: one after the other they would take half an hour.
describe.concurrent('with the default timeouts', () => {
  it.each(LANES)('a push of more than six minutes through %s is stored byte for byte', async (_, lane) => {
    const { server, token } = stationOf(lane);
    const { sent, seconds } = await pushSlowly(server, token);
    expect(seconds).toBeGreaterThan(370);
    expect((await pullBytes(server.url, token, 'trickled')).equals(sent)).toBe(true);
  });

  it.skipIf(!hasPython).each(LANES)(
    'a pull of more than six minutes through %s over a slow line is whole (needs python3)',
    async (_, lane) => {
      const { server, token } = stationOf(lane);
      const bytes = randomBytes(TRICKLE_BYTES);
      await pushBytes(server.url, token, 'small', bytes);
      const { seconds, ...read } = await readSlowly(await downloadUrl(server.url, token, 'small'));
      expect(read).toEqual({ status: 200, sizeBytes: TRICKLE_BYTES, sha256: sha256(bytes) });
      expect(seconds).toBeGreaterThan(370);
    },
  );

  it('pulls of more than six minutes through both that hold the server back all the time are whole', async () => {
    const bytes = randomBytes(LARGE_BYTES);
    const pulls = LANES.map(async ([, lane]) => {
      const { server, token } = stationOf(lane);
      await pushBytes(server.url, token, 'large', bytes);
      return readSteadily(await downloadUrl(server.url, token, 'large'));
    });
    for (const read of await Promise.all(pulls)) {
      expect(read.sha256).toBe(sha256(bytes));
      expect(read.seconds).toBeGreaterThan(370);
    }
  });
});
