import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { blobStore } from '#lib/blobs/store.ts';
import { readFields } from '#lib/documents/read-fields.ts';
import { newId } from '#lib/ids.ts';
import { documentArray, message } from '#lib/testing/document-array.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const { folder, remove } = makeTemporaryFolder();
/** An S3 that takes every connection and never says a word. */
const silent = createServer().listen(0, '127.0.0.1');
await once(silent, 'listening');
Object.assign(process.env, {
  DATA_DIR: folder,
  LOG_LEVEL: 'silent',
  S3_BUCKET: 'bucket',
  S3_ENDPOINT: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
});
afterAll(() => {
  silent.close();
  remove();
});

const BYTES = documentArray([message([1, 'id'], [4, 'text'])]);

async function stored(bytes: Buffer): Promise<{ key: string; store: string; sizeBytes: number }> {
  const key = newId();
  await blobStore('disk').put(
    key,
    (async function* () {
      yield bytes;
    })(),
  );
  return { key, store: 'disk', sizeBytes: bytes.length };
}

describe('the fields of what is stored', () => {
  it('are read from the store, once', async () => {
    const one = await stored(BYTES);
    const found = await readFields(one);
    expect(found?.fields.map(({ name }) => name)).toEqual(['id', 'text']);
    await blobStore('disk').delete(one.key);
    expect(await readFields(one)).toEqual(found);
  });

  it('are read from the beginning of what is large', async () => {
    const many = documentArray(
      Array.from({ length: 3 }, (_, index) => message([1, `${index}`], [2, Buffer.from(BYTES)])),
    );
    const one = await stored(Buffer.concat([many, Buffer.alloc(2_000_000)]));
    expect((await readFields(one))?.looked).toBe(3);
  });

  it.each([
    ['nothing is stored', async () => ({ ...(await stored(BYTES)), sizeBytes: 0 })],
    ['the bytes are gone', async () => ({ key: newId(), store: 'disk', sizeBytes: 10 })],
    [
      'there are fewer bytes than there should be',
      async () => ({ ...(await stored(BYTES)), sizeBytes: 10_000 }),
    ],
    ['the bytes are no DocumentArray', async () => stored(Buffer.from('weights'))],
    ['there is no such store', async () => ({ key: newId(), store: 'tape', sizeBytes: 10 })],
  ])('are none where %s', async (_, make) => {
    expect(await readFields(await make())).toBeNull();
  });

  it('are none where the store says nothing for seconds', async () => {
    const start = performance.now();
    expect(await readFields({ key: newId(), store: 's3', sizeBytes: 10_000 })).toBeNull();
    expect(performance.now() - start).toBeGreaterThan(2_500);
  }, 20_000);
});
