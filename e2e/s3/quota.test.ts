import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { PART_BYTES } from '#lib/blobs/s3-upload.ts';
import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { openPush, pullBytes, pushBytes } from '#lib/testing/client.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { type Bucket, contentsOf, makeBucket } from './support/bucket.ts';
import { addS3User } from './support/ceph.ts';

const QUOTA_BYTES = 3 * PART_BYTES;
const OLD = randomBytes(100_000);

let bucket: Bucket;
let server: TestServer;
let env: Record<string, string>;
let token: string;

beforeAll(async () => {
  bucket = await makeBucket(
    await addS3User(inject('s3').settingsFile, 'limited', { quotaBytes: QUOTA_BYTES }),
  );
  server = await startTestServer(bucket.env);
  env = { ...bucket.env, DATA_DIR: server.dataDir };
  token = await addUser(env, 'mira');
  await pushBytes(server.url, token, 'old', OLD);
});
afterAll(() => server.stop());

it('a bucket without room refuses what does not fit in a sentence, and takes what does', async () => {
  const push = openPush(server.url, token, 'old');
  for (let i = 0; i < 5; i++) await push.write(randomBytes(PART_BYTES));
  const { status, body } = await push.finish();
  expect([status, body.message]).toEqual([
    503,
    expect.stringMatching(/^The server has no room left for this\. /),
  ]);
  expect((await pullBytes(server.url, token, 'old')).equals(OLD)).toBe(true);
  await runAdmin(env, ['sweep', '--at', new Date(Date.now() + 3_600_000).toISOString()]);
  expect(await contentsOf(bucket)).toMatchObject({ objects: { length: 1 }, uploads: [] });
  const small = randomBytes(50_000);
  await pushBytes(server.url, token, 'small', small);
  expect((await pullBytes(server.url, token, 'small')).equals(small)).toBe(true);
});
