import { beforeAll, describe, expect, inject, it } from 'vitest';
import { S3Store } from '#lib/blobs/s3.ts';
import { patienceFor } from '#lib/blobs/s3-client.ts';
import { newId } from '#lib/ids.ts';
import { type Bucket, makeBucket } from './support/bucket.ts';

const BYTES = Buffer.from('what whoever has the URL may read');
const contentDisposition = `attachment; filename="a b.bin"; filename*=UTF-8''a%20b.bin`;
const soon = () => ({ expiresMs: Date.now() + 60_000, contentDisposition });

let bucket: Bucket;
let store: S3Store;
const key = newId();

function openStore(publicEndpoint?: string | null): S3Store {
  const place = { bucket: bucket.name, region: 'us-east-1', endpoint: inject('s3').endpoint, publicEndpoint };
  return new S3Store(place, { patience: patienceFor(60_000) });
}

async function urlOf(link = soon()): Promise<URL> {
  const url = await store.directUrl(key, link);
  if (!url) throw new Error('the store gave no URL');
  return new URL(url);
}

async function statusOf(url: URL, init: RequestInit = {}): Promise<number> {
  const reply = await fetch(url, init);
  await reply.body?.cancel();
  return reply.status;
}

beforeAll(async () => {
  bucket = await makeBucket();
  store = openStore();
  await store.put(
    key,
    (async function* () {
      yield BYTES;
    })(),
  );
});

describe('a URL into the store', () => {
  it('gives the bytes as a download of the name, to whoever has it', async () => {
    const reply = await fetch(await urlOf());
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-length')).toBe(String(BYTES.length));
    expect(reply.headers.get('content-type')).toBe('application/octet-stream');
    expect(reply.headers.get('content-disposition')).toBe(contentDisposition);
    expect(Buffer.from(await reply.arrayBuffer())).toEqual(BYTES);
  });

  it('gives a range', async () => {
    const reply = await fetch(await urlOf(), { headers: { range: 'bytes=5-' } });
    expect(reply.status).toBe(206);
    expect(reply.headers.get('content-range')).toBe(`bytes 5-${BYTES.length - 1}/${BYTES.length}`);
    expect(await reply.text()).toBe(BYTES.subarray(5).toString());
  });

  it.each([
    ['another key', (url: URL) => url.pathname.replace(/.$/, 'x'), 'pathname'],
    ['a longer life', (url: URL) => url.search.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=9999'), 'search'],
    ['another signature', (url: URL) => url.search.replace(/(Signature=)./, '$1x'), 'search'],
    ['another name', (url: URL) => url.search.replace('a%20b.bin', 'evil.exe'), 'search'],
  ] as const)('is 403 with %s', async (_what, change, part) => {
    const url = await urlOf();
    const changed = new URL(url);
    changed[part] = change(url);
    expect(changed.href).not.toBe(url.href);
    expect(await statusOf(changed)).toBe(403);
  });

  it('is 403 by another verb than GET', async () => {
    for (const method of ['HEAD', 'PUT', 'DELETE'])
      expect(await statusOf(await urlOf(), { method })).toBe(403);
    expect(await statusOf(await urlOf())).toBe(200);
  });

  it('ends no later than the link that it stands for', async () => {
    const url = await urlOf({ ...soon(), expiresMs: Date.now() + 2_500 });
    expect(Number(url.searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(3);
    expect(await statusOf(url)).toBe(200);
    await expect.poll(() => statusOf(url), { timeout: 20_000 }).toBe(403);
  });

  it('is not given for a link that is over', async () => {
    expect(await store.directUrl(key, { ...soon(), expiresMs: Date.now() })).toBeNull();
  });

  it('is not given where clients cannot reach the store', async () => {
    expect(await openStore(null).directUrl(key, soon())).toBeNull();
  });

  it('begins with the address by which clients reach the store', async () => {
    const elsewhere = openStore(inject('s3').endpoint.replace('127.0.0.1', 'localhost'));
    const url = new URL((await elsewhere.directUrl(key, soon())) ?? '');
    expect(url.hostname).toBe('localhost');
    expect(await statusOf(url)).toBe(200);
  });
});
