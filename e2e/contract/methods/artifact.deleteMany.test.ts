import { afterAll, expect, test } from 'vitest';
import { detail, freshName, listedNames, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { newPerson } from '../people.ts';
import { shape } from '../shape.ts';

const METHOD = 'artifact.deleteMany';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

test('success: repeated form keys, a single one, and JSON arrays', async () => {
  const [a, b, c, d] = await Promise.all(
    ['a', 'b', 'c', 'd'].map((label) => pushed(alice, { name: freshName(label) })),
  );
  const form: [string, string][] = [
    ['ids', String(a?._id)],
    ['ids', String(b?._id)],
    ['names', String(c?.name)],
  ];
  const reply = await rpc(METHOD, { token: alice.token, form });
  expect(shape(reply)).toMatchSnapshot();
  expect(await listedNames(alice)).toEqual([d?.name]);
  const json = { ids: [], names: [d?.name, freshName('never-was')] };
  expect(dataOf(await rpc(METHOD, { token: alice.token, json }))).toEqual({ deletedCount: 1 });
});

test('success: one that is named twice counts once', async () => {
  const { _id, name } = await pushed(alice, { name: freshName('twice') });
  const reply = await rpc(METHOD, { token: alice.token, json: { ids: [_id, _id], names: [name] } });
  expect(dataOf(reply)).toEqual({ deletedCount: 1 });
});

test('success: nothing named deletes nothing', async () => {
  const kept = await pushed(alice, { name: freshName('kept') });
  expect(dataOf(await rpc(METHOD, { token: alice.token }))).toEqual({ deletedCount: 0 });
  expect(await detail(alice, { id: kept._id })).toEqual(kept);
});

test('not visible and not there: what is not the caller’s own is passed over in silence', async () => {
  const open = await pushed(alice, { name: freshName('open'), public: 'True' });
  const closed = await pushed(alice, { name: freshName('closed') });
  const json = {
    ids: [open._id, closed._id, '0'.repeat(24), ''],
    names: [`${alice.name}/${closed.name}`, 'nul\0'],
  };
  expect(dataOf(await rpc(METHOD, { token: bob.token, json }))).toEqual({ deletedCount: 0 });
  expect(await detail(alice, { id: closed._id })).toEqual(closed);
});

test('invalid: names that are no texts, and more than 1,000 of them', async () => {
  expect(codes(await rpc(METHOD, { token: alice.token, json: { ids: [{}] } }))).toBe('400/40001');
  const ids = Array.from({ length: 1001 }, () => '0'.repeat(24));
  expect(codes(await rpc(METHOD, { token: alice.token, json: { ids } }))).toBe('400/40001');
});

test('no token: 401/40103', async () => {
  expect(codes(await rpc(METHOD, { json: { ids: ['0'.repeat(24)] } }))).toBe('401/40103');
});
