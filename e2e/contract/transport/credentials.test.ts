import { afterAll, expect, test } from 'vitest';
import { freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { newPerson, onDatabase } from '../people.ts';
import { shape } from '../shape.ts';

const WHOAMI = 'user.identity.whoami';
const alice = await newPerson('alice');
afterAll(() => removeAll(alice));

test.each(['token', 'Token', 'TOKEN', 'Bearer', 'bearer', 'BEARER'])(
  'the scheme %s is read',
  async (scheme) => {
    const reply = await rpc(WHOAMI, { headers: { authorization: `${scheme} ${alice.token}` } });
    expect(dataOf(reply)).toMatchObject({ name: alice.name });
  },
);

test('a token without a scheme is read', async () => {
  expect(dataOf(await rpc(WHOAMI, { headers: { authorization: alice.token } }))).toMatchObject({
    name: alice.name,
  });
});

test.each([
  ['a random token', 'token somerandomtoken'],
  ['a token with a wrong checksum', `token ${alice.token.slice(0, -1)}_`],
  ['a token of the right form that was never given out', `token gst_${'a'.repeat(40)}_000000`],
  ['the credentials of a netrc file', `Basic ${Buffer.from('user:password').toString('base64')}`],
  ['the right token as Basic', `Basic ${alice.token}`],
  ['an unknown scheme', `Digest ${alice.token}`],
  ['a scheme alone', 'token'],
  ['the text None', 'token None'],
  ['a token with a NUL of its own', 'token %00'],
  ['a very long token', `token ${'x'.repeat(7000)}`],
])('%s is 401/40103', async (_what, authorization) => {
  expect(codes(await rpc(WHOAMI, { headers: { authorization } }))).toBe('401/40103');
});

test('the text None is exactly a missing header', async () => {
  const none = await rpc(WHOAMI);
  expect(shape(await rpc(WHOAMI, { token: 'None' }))).toEqual(shape(none));
  const { _id: id } = await pushed(alice, { name: freshName('open'), public: 'True' });
  for (const token of ['None', undefined])
    expect(codes(await rpc('artifact.getDownloadUrl', { token, json: { id } }))).toBe('200/20000');
});

test('a token that cannot be read counts as none where none is needed', async () => {
  const { _id: id } = await pushed(alice, { name: freshName('open'), public: 'True' });
  const token = '<property object at 0x7f3a5c0d1e50>';
  expect(codes(await rpc('artifact.getDownloadUrl', { token, json: { id } }))).toBe('200/20000');
});

test('a token that has expired is 401/40103 from that moment on', async () => {
  const created = await rpc('user.pat.create', { token: alice.token, json: { name: freshName('short') } });
  const { _id: id, token } = dataOf<{ _id: string; token: string }>(created);
  expect(codes(await rpc(WHOAMI, { token }))).toBe('200/20000');
  await onDatabase([
    [`UPDATE access_token SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]],
  ]);
  expect(codes(await rpc(WHOAMI, { token }))).toBe('401/40103');
});

test('a header wins over a cookie', async () => {
  const bob = await newPerson('bob');
  const headers = { authorization: `token ${alice.token}`, cookie: `st=${bob.session}` };
  expect(dataOf(await rpc(WHOAMI, { headers }))).toMatchObject({ name: alice.name });
  const wrong = { authorization: 'token somerandomtoken', cookie: `st=${bob.session}` };
  expect(codes(await rpc(WHOAMI, { headers: wrong }))).toBe('401/40103');
});
