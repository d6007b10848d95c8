import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { PLAIN_EXECUTOR, zipOf } from '#lib/testing/executor-zip.ts';
import { startTestServer } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { type Bucket, contentsOf, makeBucket } from './support/bucket.ts';

/** Enough for several ranges of the upload, and several parts of the package. */
const WEIGHTS_BYTES = 20_000_000;

let bucket: Bucket;
let home: ReturnType<typeof makeTemporaryFolder>;
let env: Record<string, string>;

beforeEach(async () => {
  bucket = await makeBucket();
  home = makeTemporaryFolder();
  env = { ...bucket.env, DATA_DIR: path.join(home.folder, 'data') };
});
afterEach(() => home.remove());

it('an Executor on S3 is read, packed anew and pulled whole, and its upload goes', async () => {
  const server = await startTestServer(env);
  const authorization = `token ${await addUser(env, 'mira')}`;
  const zip = await zipOf({ ...PLAIN_EXECUTOR, 'weights.bin': randomBytes(WEIGHTS_BYTES) });
  const form = new FormData();
  form.set('md5sum', createHash('md5').update(zip).digest('hex'));
  form.set('file', new Blob([new Uint8Array(zip)]));
  const call = { method: 'POST', headers: { authorization }, body: form };
  const pushed = await (await fetch(`${server.url}/v2/rpc/executor.push`, call)).text();
  expect(JSON.parse(pushed.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ type: 'complete' });

  const query = new URLSearchParams({ id: 'MyExecutor', include: 'code' });
  const reply = await fetch(`${server.url}/v2/rpc/executor.getPackage?${query}`, {
    headers: { authorization },
  });
  const { data } = (await reply.json()) as { data: { package: { download: string; md5: string } } };
  const { download, md5 } = data.package;
  const head = await fetch(download, { method: 'HEAD' });
  const whole = Buffer.from(await (await fetch(download)).arrayBuffer());
  expect(Number(head.headers.get('content-length'))).toBe(whole.length);
  expect(createHash('md5').update(whole).digest('hex')).toBe(md5);
  const rest = await fetch(download, { headers: { range: 'bytes=9000000-' } });
  expect(rest.status).toBe(206);
  expect(Buffer.from(await rest.arrayBuffer()).equals(whole.subarray(9_000_000))).toBe(true);

  await runAdmin(env, ['sweep', '--at', new Date(Date.now() + 3_600_000).toISOString()]);
  expect((await contentsOf(bucket)).objects).toHaveLength(1);
  expect(await runAdmin(env, ['verify'])).toBe('1 blobs checked, 0 wrong.');
  await server.stop();
});
