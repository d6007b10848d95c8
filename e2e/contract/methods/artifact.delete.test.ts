import { afterAll, expect, test } from 'vitest';
import { detail, freshName, listedNames, pushed, removeAll } from '../artifacts.ts';
import { codes, rpc } from '../client.ts';
import { newPerson } from '../people.ts';
import { both, pairsFor, refOf, shape } from '../shape.ts';

const METHOD = 'artifact.delete';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

test('success: by id, by name and by full name it is gone, and deleting it again is 404/40403', async () => {
  const artifact = await pushed(alice, { name: freshName('a') });
  const reply = await rpc(METHOD, { token: alice.token, form: [['id', artifact._id]] });
  expect(shape(reply)).toMatchSnapshot();
  const byName = await pushed(alice, { name: freshName('b') });
  const byFullName = await pushed(alice, { name: freshName('c') });
  for (const name of [byName.name, `${alice.name}/${byFullName.name}`])
    expect(codes(await rpc(METHOD, { token: alice.token, json: { name } }))).toBe('200/20000');
  expect(await listedNames(alice)).toEqual([]);
  for (const ref of [{ id: artifact._id }, { name: byName.name }, { name: byFullName.name }]) {
    expect(codes(await rpc(METHOD, { token: alice.token, json: ref }))).toBe('404/40403');
    expect(codes(await rpc('artifact.getDownloadUrl', { token: alice.token, json: ref }))).toBe('404/40403');
  }
});

test('invalid: neither id nor name', async () => {
  expect(codes(await rpc(METHOD, { token: alice.token }))).toBe('400/40001');
});

test('no token: 401/40103 for a public, a private and no artifact', async () => {
  const open = await pushed(alice, { name: freshName('open'), public: 'True' });
  const closed = await pushed(alice, { name: freshName('closed') });
  for (const id of [open._id, closed._id, '0'.repeat(24)])
    expect(codes(await rpc(METHOD, { json: { id } }))).toBe('401/40103');
});

test('not allowed: what is public and another user’s can be seen but not deleted', async () => {
  const artifact = await pushed(alice, { name: freshName('open'), public: 'True' });
  const reply = await rpc(METHOD, { token: bob.token, json: { id: artifact._id } });
  expect(codes(reply)).toBe('403/40301');
  expect(shape(reply)).toMatchSnapshot();
  expect(await detail(alice, { id: artifact._id })).toEqual(artifact);
});

test('not visible and not there: the same 404/40403 to the byte', async () => {
  const artifact = await pushed(alice, { name: freshName('private') });
  for (const pair of pairsFor(alice, artifact)) {
    const { hidden, absent } = await both(pair, (which) =>
      rpc(METHOD, { token: bob.token, json: refOf(which) }),
    );
    expect(hidden).toEqual(absent);
    expect(hidden.status).toBe(404);
  }
  expect(await detail(alice, { id: artifact._id })).toEqual(artifact);
});

test.each(['', 'x'.repeat(256), 'line\nbreak', 'nul\0', 'jac://never-was', '\ud800'])(
  'not there: %j is a name like any other',
  async (name) => {
    expect(codes(await rpc(METHOD, { token: alice.token, json: { name } }))).toBe('404/40403');
  },
);
