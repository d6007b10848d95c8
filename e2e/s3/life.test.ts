import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { PART_BYTES } from '#lib/blobs/s3-upload.ts';
import { DAY_MS } from '#lib/clock.ts';
import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { pullBytes, pushBytes } from '#lib/testing/client.ts';
import { runServerToEnd, startTestServer } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { type Bucket, contentsOf, makeBucket } from './support/bucket.ts';
import { startFaultProxy } from './support/fault-proxy.ts';

const SMALL = randomBytes(20_000);
const LARGE = randomBytes(PART_BYTES + 54_321);

let bucket: Bucket;
let home: ReturnType<typeof makeTemporaryFolder>;
let env: Record<string, string>;

beforeEach(async () => {
  bucket = await makeBucket();
  home = makeTemporaryFolder();
  env = { ...bucket.env, DATA_DIR: path.join(home.folder, 'data') };
});
afterEach(() => home.remove());

const at = (days: number) => ['--at', new Date(Date.now() + days * DAY_MS).toISOString()];

describe('artifacts on S3', () => {
  it('are objects that verify, until they are replaced, deleted or over', async () => {
    const server = await startTestServer(env);
    const token = await addUser(env, 'mira');
    await pushBytes(server.url, token, 'small', SMALL);
    await pushBytes(server.url, token, 'large', LARGE);
    expect(await runAdmin(env, ['verify'])).toBe('2 blobs checked, 0 wrong.');
    expect((await contentsOf(bucket)).objects).toHaveLength(2);

    expect(await runAdmin(env, ['expire', ...at(8)])).toBe('2 artifacts expired.');
    await runAdmin(env, ['sweep', ...at(9)]);
    expect((await contentsOf(bucket)).objects).toHaveLength(2);
    expect(await runAdmin(env, ['purge', ...at(16)])).toBe('2 artifacts removed from the trash.');
    await runAdmin(env, ['sweep', ...at(17)]);
    expect(await contentsOf(bucket)).toEqual({ objects: [], uploads: [] });
    expect(await runAdmin(env, ['verify'])).toBe('0 blobs checked, 0 wrong.');
    await server.stop();
  });

  it('that are damaged, gone or nobody knows are found by verify', async () => {
    const server = await startTestServer(env);
    const token = await addUser(env, 'mira');
    for (const name of ['a', 'b', 'c']) await pushBytes(server.url, token, name, randomBytes(1000));
    const [gone, cut, changed] = (await contentsOf(bucket)).objects;
    await bucket.s3.deleteObject({ Bucket: bucket.name, Key: gone });
    await bucket.s3.putObject({ Bucket: bucket.name, Key: cut, Body: 'short' });
    await bucket.s3.putObject({ Bucket: bucket.name, Key: changed, Body: randomBytes(1000) });
    await bucket.s3.createMultipartUpload({ Bucket: bucket.name, Key: 'stray' });
    const report = await runAdmin(env, ['verify']).catch((error: Error) => error.message);
    for (const line of [
      `${gone}: missing`,
      `${cut}: wrong size`,
      `${changed}: wrong digest`,
      'stray: no row',
      '3 blobs checked, 4 wrong.',
    ])
      expect(report).toContain(line);
    expect(report).toMatch(/: missing; mira\/[abc], version 1$/m);
    await server.stop();
  });

  it('stay readable when new ones go to the disk, and the other way round', async () => {
    const onDisk = { ...env, BLOB_STORE: 'disk' };
    let server = await startTestServer(onDisk);
    const token = await addUser(onDisk, 'mira');
    await pushBytes(server.url, token, 'from disk', SMALL);
    expect((await contentsOf(bucket)).objects).toEqual([]);
    await server.stop();

    server = await startTestServer(env);
    await pushBytes(server.url, token, 'from S3', LARGE);
    expect((await pullBytes(server.url, token, 'from disk')).equals(SMALL)).toBe(true);
    expect((await contentsOf(bucket)).objects).toHaveLength(1);
    await server.stop();

    server = await startTestServer(onDisk);
    expect((await pullBytes(server.url, token, 'from S3')).equals(LARGE)).toBe(true);
    expect(await runAdmin(onDisk, ['verify'])).toBe('2 blobs checked, 0 wrong.');
    await server.stop();
  });

  it('are refused in a sentence by a server that has no settings for them', async () => {
    let server = await startTestServer(env);
    const token = await addUser(env, 'mira');
    await pushBytes(server.url, token, 'a', SMALL);
    await server.stop();
    const { DATA_DIR = '' } = env;
    server = await startTestServer({ DATA_DIR });
    await expect(pullBytes(server.url, token, 'a')).rejects.toThrow('503');
    await server.stop();
  });
});

describe('a start with S3 is refused in one line', () => {
  async function refusal(change: Record<string, string>): Promise<string> {
    const { code, stdout, stderr } = await runServerToEnd({ ...env, ...change });
    expect({ code, stdout, lines: stderr.split('\n').length }, stderr).toEqual({
      code: 1,
      stdout: '',
      lines: 2,
    });
    return stderr;
  }

  it.each([
    ['without a bucket', { S3_BUCKET: '' }, /^S3_BUCKET is missing; /],
    [
      'with a bucket that is not there',
      { S3_BUCKET: 'nobody-made-it' },
      /"nobody-made-it", which is not there;/,
    ],
    [
      'with keys that nobody knows',
      { AWS_ACCESS_KEY_ID: 'nobody' },
      /to which S3 denies us access; check AWS_/,
    ],
    ['with a wrong key', { AWS_SECRET_ACCESS_KEY: 'wrong' }, /to which S3 denies us access; /],
    ['with half a key', { AWS_SECRET_ACCESS_KEY: '' }, /belong together; /],
    ['where nothing answers', { S3_ENDPOINT: 'http://127.0.0.1:1' }, /^S3_ENDPOINT is .*\(ECONNREFUSED\); /],
    ['with an endpoint that is none', { S3_ENDPOINT: 'ftp://x' }, /^S3_ENDPOINT is "ftp:\/\/x"; allowed: /],
  ])('%s', async (_what, change, sentence) => {
    expect(await refusal(change as Record<string, string>)).toMatch(sentence);
  });

  it('and soon, where something listens that never answers', async () => {
    const silent = await startFaultProxy(inject('s3').endpoint);
    silent.plan = () => 'silence';
    const begun = Date.now();
    expect(await refusal({ S3_ENDPOINT: silent.url })).toMatch(
      /^S3_ENDPOINT is .* nothing answers as it should/,
    );
    expect(Date.now() - begun).toBeLessThan(20_000);
    await silent.stop();
  });
});
