import { createHash, randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { signLink } from '#lib/blobs/signed-link.ts';
import { downloadPath, freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, send } from '../client.ts';
import { newPerson } from '../people.ts';
import { shape } from '../shape.ts';

const alice = await newPerson('alice');
afterAll(() => removeAll(alice));
const BYTES = randomBytes(300_000);
const artifact = await pushed(alice, { name: freshName('blob') }, BYTES);
const path = await downloadPath(alice, { id: artifact._id });
const ETAG = `"${createHash('sha256').update(BYTES).digest('hex')}"`;

function get(headers: Record<string, string> = {}, method = 'GET') {
  return send({ method, path, headers });
}

test('the whole: exact length, no chunks, no encoding, whatever the client accepts', async () => {
  const reply = await get({ 'accept-encoding': 'gzip, deflate, br, zstd' });
  expect(reply.status).toBe(200);
  expect(reply.bytes.equals(BYTES)).toBe(true);
  expect(reply.headers['content-length']).toBe(String(BYTES.length));
  expect(reply.headers['transfer-encoding']).toBeUndefined();
  expect(reply.headers['content-encoding']).toBeUndefined();
  expect(reply.headers['content-type']).toBe('application/octet-stream');
  expect(reply.headers['accept-ranges']).toBe('bytes');
  expect(reply.headers['x-content-type-options']).toBe('nosniff');
  expect(reply.headers.etag).toBe(ETAG);
  expect(reply.headers['set-cookie']).toBeUndefined();
});

test('HEAD: the same headers and no body', async () => {
  const [head, whole] = [await get({}, 'HEAD'), await get()];
  const { date: _d, 'x-request-id': _i, connection: _c, ...headers } = head.headers;
  expect(head.status).toBe(200);
  expect(head.bytes.length).toBe(0);
  expect(whole.headers).toMatchObject(headers);
  expect(headers['content-length']).toBe(String(BYTES.length));
});

test('nothing of zero bytes is a whole answer of length 0', async () => {
  const empty = await pushed(alice, { name: freshName('empty') }, '');
  const reply = await send({ path: await downloadPath(alice, { id: empty._id }) });
  expect([reply.status, reply.headers['content-length'], reply.bytes.length]).toEqual([200, '0', 0]);
});

describe('Range', () => {
  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=100-199', 100, 200],
    ['bytes=299999-', 299_999, 300_000],
    ['bytes=1024-', 1024, 300_000],
    ['bytes=-1', 299_999, 300_000],
    ['bytes=-999999', 0, 300_000],
    ['bytes=299000-999999', 299_000, 300_000],
  ])('%s is 206 with just those bytes', async (range, start, end) => {
    const reply = await get({ range });
    expect(reply.status).toBe(206);
    expect(reply.bytes.equals(BYTES.subarray(start, end))).toBe(true);
    expect(reply.headers['content-length']).toBe(String(end - start));
    expect(reply.headers['content-range']).toBe(`bytes ${start}-${end - 1}/${BYTES.length}`);
  });

  test.each(['bytes=300000-', 'bytes=999999-1000000', 'bytes=-0'])(
    '%s is 416 with the size',
    async (range) => {
      const reply = await get({ range });
      expect(reply.status).toBe(416);
      expect(reply.headers['content-range']).toBe(`bytes */${BYTES.length}`);
    },
  );

  test.each(['bytes=5-4', 'lines=1-2', 'bytes=', 'bytes=a-b', 'bytes=0-1,3-4'])(
    '%s is ignored',
    async (range) => {
      const reply = await get({ range });
      expect(reply.status).toBe(200);
      expect(reply.bytes.length).toBe(BYTES.length);
    },
  );

  test('HEAD with a range says what GET would say', async () => {
    const reply = await get({ range: 'bytes=10-19' }, 'HEAD');
    expect([reply.status, reply.headers['content-length'], reply.bytes.length]).toEqual([206, '10', 0]);
  });

  test('If-Range takes the range only while the bytes are the same', async () => {
    expect((await get({ range: 'bytes=1-2', 'if-range': ETAG })).status).toBe(206);
    expect((await get({ range: 'bytes=1-2', 'if-range': '"other"' })).status).toBe(200);
  });
});

test('If-None-Match with the same ETag is 304 without a body', async () => {
  const reply = await get({ 'if-none-match': ETAG });
  expect([reply.status, reply.bytes.length]).toEqual([304, 0]);
});

test('Content-Disposition keeps any name, as an attachment, in one line', async () => {
  const name = `"x"; filename=evil.exe ${freshName('ü/東 🚀')}`;
  const odd = await pushed(alice, { name });
  const reply = await send({ path: await downloadPath(alice, { id: odd._id }) });
  const disposition = String(reply.headers['content-disposition']);
  expect(disposition).toMatch(/^attachment; filename=/);
  const encoded = /filename\*=UTF-8''(\S+)$/.exec(disposition)?.[1];
  expect(decodeURIComponent(String(encoded))).toBe(name);
});

describe('the signature alone decides', () => {
  const expired = signLink({
    key: '0'.repeat(24),
    store: 'disk',
    sizeBytes: 1,
    sha256: '0'.repeat(64),
    filename: 'x',
    expiresMs: Date.now() - 1,
  });

  test.each([
    ['cut', () => path.slice(0, -1)],
    ['changed in its last character', () => path.slice(0, -1) + (path.endsWith('A') ? 'E' : 'A')],
    ['changed in its content', () => path.replace('/download/e', '/download/f')],
    ['without a signature', () => path.replace(/\.[^.]*$/, '')],
    ['expired', () => `/download/${expired}`],
    ['nonsense', () => '/download/nonsense'],
  ])('%s: 403/40301, for GET and HEAD', async (_what, wrong) => {
    const reply = await send({ path: wrong() });
    expect(codes(reply)).toBe('403/40301');
    expect((await send({ method: 'HEAD', path: wrong() })).status).toBe(403);
    expect(shape(reply)).toMatchObject({ body: { name: 'OperationNotAllowedError' } });
  });

  test('a token, right or wrong, changes nothing', async () => {
    for (const authorization of [`token ${alice.token}`, 'token wrong', 'Basic eDp5'])
      expect((await get({ authorization })).status).toBe(200);
  });
});
