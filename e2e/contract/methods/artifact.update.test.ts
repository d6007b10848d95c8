import { afterAll, expect, test } from 'vitest';
import { type Artifact, detail, freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { newPerson } from '../people.ts';
import { both, shape } from '../shape.ts';

const METHOD = 'artifact.update';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

test('success: what is named changes, and nothing else', async () => {
  const artifact = await pushed(alice, { name: freshName('before'), metaData: '{"a": 1}' });
  const change = (json: object) => rpc(METHOD, { token: alice.token, json: { id: artifact._id, ...json } });
  const name = freshName('after');
  expect(shape(await change({ name, metaData: '{"b": 2}', public: true }))).toMatchSnapshot();
  const { updatedAt: _, ...expected } = { ...artifact, name, metaData: { b: 2 }, visibility: 'public' };
  expect(await detail(alice, { id: artifact._id })).toMatchObject(expected);
  expect(dataOf(await change({ public: false }))).toMatchObject({ ...expected, visibility: 'private' });
  expect(dataOf(await change({ metaData: { c: [3] } }))).toMatchObject({ name, metaData: { c: [3] } });
  expect(dataOf(await change({}))).toMatchObject({ name, metaData: { c: [3] }, visibility: 'private' });
});

test('success: renaming to its own name, and to it with the own namespace', async () => {
  const artifact = await pushed(alice, { name: freshName('same') });
  for (const name of [artifact.name, `${alice.name}/${artifact.name}`]) {
    const reply = await rpc(METHOD, { token: alice.token, json: { id: artifact._id, name } });
    expect(dataOf(reply)).toMatchObject({ name: artifact.name });
  }
});

test('success: how long it is kept, from now on and after the next push', async () => {
  const DAY_MS = 86_400_000;
  const fields = { name: freshName('kept') };
  const artifact = await pushed(alice, fields);
  const change = (json: object) => rpc(METHOD, { token: alice.token, json: { id: artifact._id, ...json } });
  const daysLeft = ({ expireAt }: Artifact) => Math.round((Date.parse(expireAt ?? '') - Date.now()) / DAY_MS);
  expect(daysLeft(artifact)).toBe(7);
  expect(daysLeft(dataOf(await change({ keepDays: 30 })))).toBe(30);
  expect(daysLeft(dataOf(await change({ public: true })))).toBe(30);
  expect(daysLeft(await pushed(alice, fields, 'other bytes'))).toBe(30);
  expect(daysLeft(await pushed(alice, { id: artifact._id }, 'more bytes'))).toBe(30);
  expect(dataOf<Artifact>(await change({ keepDays: null })).expireAt).toBeNull();
  expect((await pushed(alice, fields, 'last bytes')).expireAt).toBeNull();
  expect(daysLeft(dataOf(await change({ keepDays: '7' })))).toBe(7);
});

test('taken: the name of another own artifact is 422/42202', async () => {
  const [first, second] = [
    await pushed(alice, { name: freshName('a') }),
    await pushed(alice, { name: freshName('b') }),
  ];
  const reply = await rpc(METHOD, { token: alice.token, json: { id: second._id, name: first.name } });
  expect(codes(reply)).toBe('422/42202');
  expect(shape(reply)).toMatchSnapshot();
  expect(await detail(alice, { id: second._id })).toEqual(second);
});

test.each([
  ['without an id', { id: undefined, name: 'x' }],
  ['an empty name', { name: '' }],
  ['a name of 256 bytes', { name: 'x'.repeat(256) }],
  ['a control character in the name', { name: 'line\nbreak' }],
  ['a NUL in the name', { name: 'nul\0' }],
  ['half a surrogate pair in the name', { name: 'x\ud800' }],
  ['metaData that is not JSON', { metaData: '{"a": NaN}' }],
  ['metaData that is no object', { metaData: '[1]' }],
  ['no day to be kept', { keepDays: 0 }],
  ['more days than there are', { keepDays: 36_501 }],
  ['a part of a day', { keepDays: 1.5 }],
  ['days in words', { keepDays: 'for ever' }],
  ['public that is neither true nor false', { public: 'perhaps' }],
])('invalid: %s', async (_what, wrong) => {
  const artifact = await pushed(alice, { name: freshName('fine') });
  const reply = await rpc(METHOD, { token: alice.token, json: { id: artifact._id, ...wrong } });
  expect(codes(reply)).toBe('400/40001');
  expect(await detail(alice, { id: artifact._id })).toEqual(artifact);
});

test('no token: 401/40103 for a public, a private and no artifact', async () => {
  const open = await pushed(alice, { name: freshName('open'), public: 'True' });
  const closed = await pushed(alice, { name: freshName('closed') });
  for (const id of [open._id, closed._id, '0'.repeat(24)])
    expect(codes(await rpc(METHOD, { json: { id, name: 'x' } }))).toBe('401/40103');
});

test('not allowed: what is public and another user’s can be seen but not changed', async () => {
  const artifact = await pushed(alice, { name: freshName('open'), public: 'True' });
  const reply = await rpc(METHOD, {
    token: bob.token,
    json: { id: artifact._id, name: freshName('mine-now') },
  });
  expect(codes(reply)).toBe('403/40301');
  const mine = await pushed(bob, { name: freshName('mine') });
  const moved = await rpc(METHOD, { token: bob.token, json: { id: mine._id, name: `${alice.name}/x` } });
  expect(codes(moved)).toBe('403/40301');
  expect(await detail(alice, { id: artifact._id })).toEqual(artifact);
});

test('not visible and not there: the same 404/40403 to the byte', async () => {
  const { _id } = await pushed(alice, { name: freshName('private') });
  const { hidden, absent } = await both({ hidden: _id, absent: '0'.repeat(24) }, (id) =>
    rpc(METHOD, { token: bob.token, json: { id, name: 'x', public: true } }),
  );
  expect(hidden).toEqual(absent);
  expect(hidden.status).toBe(404);
});
