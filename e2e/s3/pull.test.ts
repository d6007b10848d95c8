import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PART_BYTES } from '#lib/blobs/s3-upload.ts';
import { addUser } from '#lib/testing/admin.ts';
import { downloadUrl, pullBytes, pushBytes } from '#lib/testing/client.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { type Bucket, makeBucket } from './support/bucket.ts';
import { type FaultProxy, startFaultProxy } from './support/fault-proxy.ts';

const SMALL = randomBytes(20_000);
const LARGE = randomBytes(2 * PART_BYTES + 54_321);
const ETAG = `"${createHash('sha256').update(SMALL).digest('hex')}"`;

let bucket: Bucket;
/** So that it can be seen what the store is asked. */
let road: FaultProxy;
let server: TestServer;
let token: string;

async function start(env: Record<string, string>): Promise<void> {
  bucket = await makeBucket();
  road = await startFaultProxy(bucket.env.S3_ENDPOINT ?? '');
  const given = { ...bucket.env, S3_ENDPOINT: road.url, ...env };
  server = await startTestServer(given);
  token = await addUser({ ...given, DATA_DIR: server.dataDir }, 'mira');
  for (const [name, bytes] of [
    ['small', SMALL],
    ['large', LARGE],
    ['empty', Buffer.alloc(0)],
  ] as const)
    await pushBytes(server.url, token, name, bytes);
}

async function stop(): Promise<void> {
  await server.stop();
  await road.stop();
}

/** A request of the URL that the server gives for `name`; redirects are not followed unless said. */
async function ask(name: string, init: RequestInit & { headers?: Record<string, string> } = {}) {
  const reply = await fetch(await downloadUrl(server.url, token, name), { redirect: 'manual', ...init });
  const bytes = Buffer.from(await reply.arrayBuffer());
  return { status: reply.status, headers: reply.headers, bytes };
}

/** What the store was asked while `act` ran. */
async function askedOfStore(act: () => Promise<unknown>): Promise<string[]> {
  const before = road.seen.length;
  await act();
  return road.seen.slice(before).map(({ verb }) => verb);
}

/** What holds whoever sends the bytes in the end. */
function everyPull(): void {
  it('gives the bytes of small, large and empty artifacts', async () => {
    expect((await pullBytes(server.url, token, 'small')).equals(SMALL)).toBe(true);
    expect((await pullBytes(server.url, token, 'large')).equals(LARGE)).toBe(true);
    expect(await ask('empty')).toMatchObject({ status: 200, bytes: Buffer.alloc(0) });
  });

  it('answers HEAD with the length, without asking the store', async () => {
    const asked = await askedOfStore(async () => {
      const { status, headers } = await ask('large', { method: 'HEAD' });
      expect([status, headers.get('content-length')]).toEqual([200, String(LARGE.length)]);
      expect(headers.get('accept-ranges')).toBe('bytes');
    });
    expect(asked).toEqual([]);
  });

  it('answers what is the same, and what lies outside, without asking the store', async () => {
    const asked = await askedOfStore(async () => {
      expect((await ask('small', { headers: { 'if-none-match': ETAG } })).status).toBe(304);
      const outside = await ask('small', { headers: { range: 'bytes=20000-' } });
      expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */20000']);
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=100-199', 100, 200],
    ['bytes=19999-', 19_999, 20_000],
    ['bytes=-3', 19_997, 20_000],
    ['bytes=19990-99999', 19_990, 20_000],
  ])('gives the range %s', async (range, start, end) => {
    const { status, headers, bytes } = await ask('small', { headers: { range }, redirect: 'follow' });
    expect([status, headers.get('content-length')]).toEqual([206, String(end - start)]);
    expect(headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/20000`);
    expect(bytes).toEqual(SMALL.subarray(start, end));
  });

  it.each(['bytes=5-4', 'lines=1-2', 'bytes=0-1,3-4'])('gives the whole for %s', async (range) => {
    const { status, bytes } = await ask('small', { headers: { range }, redirect: 'follow' });
    expect([status, bytes.equals(SMALL)]).toEqual([200, true]);
  });

  it('takes a range only while the bytes are those of If-Range', async () => {
    const follow = (condition: string) => {
      const headers = { range: 'bytes=1-2', 'if-range': condition };
      return ask('small', { headers, redirect: 'follow' });
    };
    expect(await follow(ETAG)).toMatchObject({ status: 206, bytes: SMALL.subarray(1, 3) });
    expect(await follow('"other"')).toMatchObject({ status: 200, bytes: SMALL });
  });
}

describe.each(['on', 'off'])('a pull from a store that clients reach, fast lane %s', (lane) => {
  beforeAll(() => start({ FAST_LANE: lane }));
  afterAll(stop);
  everyPull();

  it('is a redirect into the store, to be kept by nobody, that ends with the link', async () => {
    const { status, headers, bytes } = await ask('small');
    expect([status, bytes.length, headers.get('cache-control')]).toEqual([307, 0, 'no-store']);
    expect(headers.get('content-length')).toBe('0');
    const location = new URL(headers.get('location') ?? '');
    expect(location.origin).toBe(road.url);
    const lifeSeconds = Number(location.searchParams.get('X-Amz-Expires'));
    expect(lifeSeconds).toBeGreaterThan(800);
    expect(lifeSeconds).toBeLessThanOrEqual(900);
    expect((await fetch(location, { method: 'HEAD' })).status).toBe(403);
  });

  it('saves under the name of the artifact', async () => {
    await pushBytes(server.url, token, 'ü "x"; evil.exe', SMALL);
    const { headers } = await ask('ü "x"; evil.exe', { redirect: 'follow' });
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename=/);
    expect(headers.get('content-disposition')).toContain(encodeURIComponent('ü "x"; evil.exe'));
  });

  it('with a changed link is refused by us', async () => {
    const url = await downloadUrl(server.url, token, 'small');
    const asked = await askedOfStore(async () => {
      for (const method of ['GET', 'HEAD'])
        expect((await fetch(url.slice(0, -2), { method, redirect: 'manual' })).status).toBe(403);
    });
    expect(asked).toEqual([]);
  });
});

describe.each(['on', 'off'])('a pull from a store that clients do not reach, fast lane %s', (lane) => {
  beforeAll(() => start({ FAST_LANE: lane, S3_PUBLIC_ENDPOINT: 'none' }));
  afterAll(stop);
  everyPull();

  it('passes through us with its exact length and no other coding', async () => {
    const { status, headers, bytes } = await ask('large', { headers: { 'accept-encoding': 'gzip' } });
    expect([status, headers.get('content-length')]).toEqual([200, String(LARGE.length)]);
    expect(headers.get('content-encoding')).toBeNull();
    expect(headers.get('etag')).toMatch(/^"[0-9a-f]{64}"$/);
    expect(bytes.equals(LARGE)).toBe(true);
  });
});
