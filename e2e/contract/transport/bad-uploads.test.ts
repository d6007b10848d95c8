import { afterAll, expect, test } from 'vitest';
import { detail, freshName, listedNames, push, pushed, pushParts, removeAll } from '../artifacts.ts';
import { codes, origin, rpc, writeAllThenRead, writeThenCut } from '../client.ts';
import { MAX_UPLOAD_BYTES, QUOTA_BYTES } from '../limits.ts';
import { chunk, inPieces, LAST_CHUNK, multipart } from '../multipart.ts';
import { newPerson } from '../people.ts';
import { shape } from '../shape.ts';

const alice = await newPerson('alice');
afterAll(() => removeAll(alice));

function head(token: string, type: string): Buffer {
  const { host } = new URL(origin());
  return Buffer.from(
    `POST /v2/rpc/artifact.upload HTTP/1.1\r\nHost: ${host}\r\nAuthorization: token ${token}\r\n` +
      `Content-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
}

function form(name: string, sizeBytes: number) {
  return multipart([
    { name: 'file', filename: 'DocumentArray', value: Buffer.alloc(sizeBytes, 7) },
    { name: 'name', value: name },
  ]);
}

/** docarray's request as it stands on the wire. */
function wire(token: string, name: string, sizeBytes: number): Buffer[] {
  const { type, body } = form(name, sizeBytes);
  return [head(token, type), ...[...inPieces(body)].map(chunk), LAST_CHUNK];
}

/** The status line and the JSON of an answer read by hand. */
function readAnswer(text: string): { statusLine: string; status: number; connection: string | undefined } {
  const [top = '', body = ''] = text.split('\r\n\r\n');
  const json = /\{.*\}/s.exec(body)?.[0] ?? '{}';
  const connection = /^connection: (.*)$/im.exec(top)?.[1]?.toLowerCase();
  return { statusLine: top.split('\r\n')[0] ?? '', status: JSON.parse(json).status, connection };
}

test('cut half way: the old version stays whole, and nothing new is listed', async () => {
  const name = freshName('cut');
  const before = await pushed(alice, { name }, 'the old bytes');
  const pieces = wire(alice.token, name, 2_000_000);
  await writeThenCut(pieces.slice(0, pieces.length / 2));
  await writeThenCut(wire(alice.token, freshName('new'), 2_000_000).slice(0, 3));
  expect(await detail(alice, { name })).toEqual(before);
  expect(await listedNames(alice)).toEqual([name]);
});

test('cut after the last byte of the file, before its name: nothing is stored', async () => {
  const listed = await listedNames(alice);
  const pieces = wire(alice.token, freshName('almost'), 100_000);
  await writeThenCut(pieces.slice(0, -2));
  expect(await listedNames(alice)).toEqual(listed);
});

test('without the closing boundary: 400/40003', async () => {
  const { type, body } = multipart(
    [
      { name: 'file', filename: 'x', value: 'bytes' },
      { name: 'name', value: 'n' },
    ],
    {
      close: false,
    },
  );
  const reply = await rpc('artifact.upload', { token: alice.token, headers: { 'content-type': type }, body });
  expect(codes(reply)).toBe('400/40003');
  expect(shape(reply)).toMatchSnapshot();
});

test.each([
  ['no boundary in the content type', 'multipart/form-data'],
  ['another boundary than announced', 'multipart/form-data; boundary=other'],
  ['a form that is no multipart', 'application/x-www-form-urlencoded'],
])('%s: 400/40001', async (_what, type) => {
  const { body } = form(freshName('x'), 10);
  const reply = await rpc('artifact.upload', { token: alice.token, headers: { 'content-type': type }, body });
  expect(codes(reply)).toBe('400/40001');
});

test('no body at all: 400/40001', async () => {
  expect(codes(await rpc('artifact.upload', { token: alice.token }))).toBe('400/40001');
});

test('no file, and two files: 400/40001', async () => {
  expect(codes(await pushParts(alice, [{ name: 'name', value: 'x' }]))).toBe('400/40001');
  const file = { name: 'file', filename: 'x', value: 'x' };
  expect(codes(await pushParts(alice, [file, file]))).toBe('400/40001');
});

test('more than 100 parts, and a field of more than 1 MiB: 400/40001', async () => {
  const file = { name: 'file', filename: 'x', value: 'x' };
  const many = Array.from({ length: 101 }, (_, at) => ({ name: `f${at}`, value: '' }));
  expect(codes(await pushParts(alice, [file, ...many]))).toBe('400/40001');
  expect(codes(await pushParts(alice, [file, { name: 'other', value: 'x'.repeat(1_048_577) }]))).toBe(
    '400/40001',
  );
});

test.each([
  ['a wrong token', 'somerandomtoken'],
  ['no token', 'None'],
])('%s: a client that writes all before it reads gets 401/40103', async (_what, token) => {
  const answer = readAnswer(await writeAllThenRead(wire(token, freshName('x'), 6_000_000)));
  expect(answer.statusLine).toBe('HTTP/1.1 401 Unauthorized');
  expect(answer.status).toBe(40103);
  expect(answer.connection).toBe('close');
});

test('too large: 413/41301, readable by a client that writes all before it reads', async () => {
  const name = freshName('large');
  const before = await pushed(alice, { name }, 'small');
  const answer = readAnswer(await writeAllThenRead(wire(alice.token, name, MAX_UPLOAD_BYTES + 2_000_000)));
  expect(answer).toMatchObject({
    statusLine: 'HTTP/1.1 413 Payload Too Large',
    status: 41301,
    connection: 'close',
  });
  const announced = form(name, MAX_UPLOAD_BYTES * 2);
  const reply = await rpc('artifact.upload', {
    token: alice.token,
    headers: { 'content-type': announced.type },
    body: announced.body,
  });
  expect(codes(reply)).toBe('413/41301');
  expect(shape(reply)).toMatchSnapshot();
  expect(await detail(alice, { name })).toEqual(before);
});

test('of exactly the largest size: stored, and of one byte more: not', async () => {
  const carol = await newPerson('carol');
  const beyond = await push(carol, { name: freshName('x') }, Buffer.alloc(MAX_UPLOAD_BYTES + 1));
  expect(codes(beyond)).toBe('413/41301');
  expect((await pushed(carol, { name: freshName('x') }, Buffer.alloc(MAX_UPLOAD_BYTES))).size).toBe(
    MAX_UPLOAD_BYTES,
  );
  await removeAll(carol);
});

test('over the quota: 413/41302 with a sentence, and what was there stays', async () => {
  const carol = await newPerson('carol');
  const most = Buffer.alloc(MAX_UPLOAD_BYTES);
  const fitting = Math.floor(QUOTA_BYTES / MAX_UPLOAD_BYTES);
  for (let count = 0; count < fitting; count++) await pushed(carol, { name: `full-${count}` }, most);
  const listed = await listedNames(carol);
  const reply = await push(carol, { name: 'one-more' }, most);
  expect(codes(reply)).toBe('413/41302');
  expect(shape(reply)).toMatchSnapshot();
  expect(await listedNames(carol)).toEqual(listed);
  expect((await pushed(carol, { name: 'full-0' }, 'smaller')).size).toBe(7);
  await pushed(carol, { name: 'one-more' }, most);
  await removeAll(carol);
});

test('bytes that look like a boundary, in pieces of every size, are kept', async () => {
  const tricky = Buffer.from(
    '\r\n--e9a1f\r\n--e9a1f0x\r\n-\r\n--\r\r\n\n--e9a1f0'.repeat(3).replaceAll('--e9a1f0', '--e9a1fO'),
  );
  const { type, body } = multipart([{ name: 'file', filename: 'x', value: tricky }]);
  for (const size of [1, 2, 3, 7, 64, body.length]) {
    const headers = { 'content-type': type };
    const reply = await rpc('artifact.upload', { token: alice.token, headers, body: inPieces(body, size) });
    expect(JSON.parse(reply.bytes.toString()).data.size).toBe(tricky.length);
  }
});
