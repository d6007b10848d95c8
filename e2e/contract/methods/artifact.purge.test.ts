import { afterAll, expect, test } from 'vitest';
import { detail, freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { newPerson } from '../people.ts';
import { shape } from '../shape.ts';

const METHOD = 'artifact.purge';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

async function deleted(label: string): Promise<string> {
  const { _id: id } = await pushed(alice, { name: freshName(label) });
  dataOf(await rpc('artifact.delete', { token: alice.token, json: { id } }));
  return id;
}

const restored = async (id: string) =>
  codes(await rpc('artifact.restore', { token: alice.token, json: { id } }));

test('success: what is in the trash is gone for good, named twice or not', async () => {
  const ids = [await deleted('a'), await deleted('b')];
  const reply = await rpc(METHOD, { token: alice.token, json: { ids: [...ids, ids[0]] } });
  expect(shape(reply)).toMatchSnapshot();
  for (const id of ids) expect(await restored(id)).toBe('404/40403');
  expect(dataOf(await rpc(METHOD, { token: alice.token, json: { ids } }))).toEqual({ deletedCount: 0 });
});

test('success: what is not in the trash stays', async () => {
  const kept = await pushed(alice, { name: freshName('kept') });
  const json = { ids: [kept._id, '0'.repeat(24), '', 'nul\0'] };
  expect(dataOf(await rpc(METHOD, { token: alice.token, json }))).toEqual({ deletedCount: 0 });
  expect(await detail(alice, { id: kept._id })).toEqual(kept);
});

test('not visible: what is in another’s trash is passed over in silence', async () => {
  const id = await deleted('theirs');
  expect(dataOf(await rpc(METHOD, { token: bob.token, json: { ids: [id] } }))).toEqual({ deletedCount: 0 });
  expect(await restored(id)).toBe('200/20000');
});

test('invalid: ids that are no texts, and more than 1,000 of them', async () => {
  expect(codes(await rpc(METHOD, { token: alice.token, json: { ids: [{}] } }))).toBe('400/40001');
  const ids = Array.from({ length: 1001 }, () => '0'.repeat(24));
  expect(codes(await rpc(METHOD, { token: alice.token, json: { ids } }))).toBe('400/40001');
});

test('no token: 401/40103', async () => {
  expect(codes(await rpc(METHOD, { json: { ids: ['0'.repeat(24)] } }))).toBe('401/40103');
});
