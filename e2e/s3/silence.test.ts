import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { S3Store } from '#lib/blobs/s3.ts';
import { patienceFor } from '#lib/blobs/s3-client.ts';
import { PART_BYTES } from '#lib/blobs/s3-upload.ts';
import { newId } from '#lib/ids.ts';
import { type Bucket, contentsOf, makeBucket } from './support/bucket.ts';
import { type FaultProxy, type SeenRequest, startFaultProxy } from './support/fault-proxy.ts';

const SMALL = randomBytes(20_000);
const LARGE = randomBytes(3 * PART_BYTES);
/** Of which the store gets six seconds. */
const CLIENT_IDLE_MS = 9_000;
const AWAY = { kind: 'unavailable' };

let bucket: Bucket;
let road: FaultProxy;
let store: S3Store;
/** The same one later, for what no client waits for. */
let patient: S3Store;
const old = newId();

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += 500_000) yield bytes.subarray(start, start + 500_000);
}

beforeAll(async () => {
  bucket = await makeBucket();
  road = await startFaultProxy(bucket.env.S3_ENDPOINT ?? '');
  const place = { bucket: bucket.name, region: 'us-east-1', endpoint: road.url, publicEndpoint: null };
  patient = new S3Store(place, { patience: patienceFor(60_000) });
  // A new Ceph takes its time for the first parts.
  await patient.put(old, pieces(LARGE));
  store = new S3Store(place, { patience: patienceFor(CLIENT_IDLE_MS) });
});
afterAll(() => road.stop());
beforeEach(() => {
  road.plan = () => null;
});

/** Runs `act` while the store says nothing to what `fits`. */
async function inSilence<T>(fits: (request: SeenRequest) => boolean, act: () => Promise<T>): Promise<void> {
  road.plan = (request) => (fits(request) ? 'silence' : null);
  const begun = Date.now();
  await expect(act()).rejects.toMatchObject(AWAY);
  expect(Date.now() - begun).toBeLessThan(CLIENT_IDLE_MS);
  road.plan = () => null;
}

describe('a store that takes requests and never answers', () => {
  it.each<[string, Buffer, (request: SeenRequest) => boolean]>([
    ['a small body', SMALL, ({ verb }) => verb === 'PUT'],
    ['the begin of parts', LARGE, ({ target }) => /[?&]uploads/.test(target)],
    ['a part', LARGE, ({ target }) => /[?&]partNumber=/.test(target)],
    ['the last part', LARGE, ({ target }) => /[?&]partNumber=3/.test(target)],
    ['the end of parts', LARGE, ({ verb, target }) => verb === 'POST' && target.includes('uploadId')],
    ['the look at what is there', SMALL, ({ verb }) => verb === 'HEAD'],
    ['anything', LARGE, () => true],
  ])('fails a put at %s, and a later removal leaves nothing', async (_what, bytes, fits) => {
    const key = newId();
    await inSilence(fits, () => store.put(key, pieces(bytes)));
    await patient.delete(key);
    expect(await contentsOf(bucket)).toEqual({ objects: [old], uploads: [] });
  });

  it('fails everything else in bounded time too', async () => {
    const all = () => true;
    await inSilence(all, () => store.read(old, 0, 9));
    await inSilence(all, () => store.head(old));
    await inSilence(all, () => store.delete(old));
    await inSilence(all, () => store.check());
    await inSilence(all, async () => {
      for await (const _key of store.list());
    });
    expect(await store.head(old)).toEqual({ sizeBytes: LARGE.length });
  });
});
