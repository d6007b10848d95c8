import { beforeAll, describe, expect, inject, it } from 'vitest';
import { S3Store } from '#lib/blobs/s3.ts';
import { patienceFor } from '#lib/blobs/s3-client.ts';
import { PART_BYTES } from '#lib/blobs/s3-upload.ts';
import { newId } from '#lib/ids.ts';
import { describeStore } from '#lib/testing/store-contract.ts';
import { type Bucket, contentsOf, makeBucket } from './support/bucket.ts';

let bucket: Bucket;
let store: S3Store;

function openStore(limits: { maxParts?: number } = {}): S3Store {
  const { endpoint } = inject('s3');
  const place = { bucket: bucket.name, region: 'us-east-1', endpoint, publicEndpoint: null };
  return new S3Store(place, { patience: patienceFor(60_000), ...limits });
}

async function* zeros(sizeBytes: number): AsyncGenerator<Buffer> {
  for (let left = sizeBytes; left > 0; left -= PART_BYTES) yield Buffer.alloc(Math.min(left, PART_BYTES));
}

beforeAll(async () => {
  bucket = await makeBucket();
  store = openStore();
});

describe('a store on S3', () => {
  describeStore(() => store);

  it('takes as many parts as there may be and refuses one byte more in a sentence', async () => {
    const small = openStore({ maxParts: 2 });
    const key = newId();
    await small.put(key, zeros(2 * PART_BYTES));
    expect(await small.head(key)).toEqual({ sizeBytes: 2 * PART_BYTES });
    const refused = small.put(newId(), zeros(2 * PART_BYTES + 1));
    await expect(refused).rejects.toMatchObject({ kind: 'too-large' });
    await expect(refused).rejects.toThrow(`larger than this server takes (${2 * PART_BYTES} bytes)`);
    await small.delete(key);
  });

  it('removes uploads whose id nobody knows, and those of no other key', async () => {
    const [key, other] = [newId(), newId()];
    for (const Key of [key, key, `${key}0`, other])
      await bucket.s3.createMultipartUpload({ Bucket: bucket.name, Key });
    await store.delete(key);
    expect((await contentsOf(bucket)).uploads.toSorted()).toEqual([`${key}0`, other].toSorted());
    await store.delete(`${key}0`);
    await store.delete(other);
    expect((await contentsOf(bucket)).uploads).toEqual([]);
  });
});
