import { afterAll, expect, test } from 'vitest';
import { freshName, listedNames, push, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { MAX_UPLOAD_BYTES, QUOTA_BYTES } from '../limits.ts';
import { inPieces, multipart } from '../multipart.ts';
import { newPerson } from '../people.ts';

const alice = await newPerson('alice');
afterAll(() => removeAll(alice));

test('of exactly the largest size: stored, and of one byte more: not', async () => {
  const beyond = await push(alice, { name: freshName('x') }, Buffer.alloc(MAX_UPLOAD_BYTES + 1));
  expect(codes(beyond)).toBe('413/41301');
  const { size } = await pushed(alice, { name: freshName('x') }, Buffer.alloc(MAX_UPLOAD_BYTES));
  expect(size).toBe(MAX_UPLOAD_BYTES);
});

test('over the quota: refused until something is replaced by less', async () => {
  const carol = await newPerson('carol');
  const most = Buffer.alloc(MAX_UPLOAD_BYTES);
  const fitting = Math.floor(QUOTA_BYTES / MAX_UPLOAD_BYTES);
  for (let count = 0; count < fitting; count++) await pushed(carol, { name: `full-${count}` }, most);
  const listed = await listedNames(carol);
  expect(codes(await push(carol, { name: 'one-more' }, most))).toBe('413/41302');
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
    expect(dataOf(reply)).toMatchObject({ size: tricky.length });
  }
});
