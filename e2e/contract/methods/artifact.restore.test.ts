import { afterAll, expect, test } from 'vitest';
import { bytesBehind, detail, freshName, listedNames, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { newPerson } from '../people.ts';
import { both, shape } from '../shape.ts';

const METHOD = 'artifact.restore';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

async function deleted(label: string) {
  const artifact = await pushed(alice, { name: freshName(label), public: 'True' });
  dataOf(await rpc('artifact.delete', { token: alice.token, json: { id: artifact._id } }));
  return artifact;
}

test('success: what was deleted is back as it was, for everybody who could see it', async () => {
  const artifact = await deleted('a');
  const json = { id: artifact._id };
  const reply = await rpc(METHOD, { token: alice.token, json });
  expect(shape(reply)).toMatchSnapshot();
  expect(await detail(bob, json)).toEqual(artifact);
  expect(await listedNames(alice)).toEqual([artifact.name]);
  expect(await bytesBehind(await rpc('artifact.getDownloadUrl', { json }))).toBe('some bytes');
});

test('name taken: 422/42202 while another has its name, and it comes back under a new one', async () => {
  const { _id: id, name } = await deleted('taken');
  await pushed(alice, { name: String(name) });
  const reply = await rpc(METHOD, { token: alice.token, json: { id } });
  expect(shape(reply)).toMatchSnapshot();
  const other = freshName('other');
  const form: [string, string][] = [
    ['id', id],
    ['name', `${alice.name}/${other}`],
  ];
  expect(dataOf(await rpc(METHOD, { token: alice.token, form }))).toMatchObject({ _id: id, name: other });
});

test('invalid: no id, and a name that cannot be; not allowed: a name in another’s namespace', async () => {
  expect(codes(await rpc(METHOD, { token: alice.token }))).toBe('400/40001');
  const { _id: id } = await deleted('invalid');
  const answer = async (name: string) => codes(await rpc(METHOD, { token: alice.token, json: { id, name } }));
  expect(await answer('line\nbreak')).toBe('400/40001');
  expect(await answer(`${bob.name}/x`)).toBe('403/40301');
});

test('no token: 401/40103', async () => {
  const { _id: id } = await deleted('nobody');
  expect(codes(await rpc(METHOD, { json: { id } }))).toBe('401/40103');
});

test('not visible and not there: the same 404/40403 to the byte', async () => {
  const { _id } = await deleted('hidden');
  const { hidden, absent } = await both({ hidden: _id, absent: '0'.repeat(24) }, (id) =>
    rpc(METHOD, { token: bob.token, json: { id } }),
  );
  expect(hidden).toEqual(absent);
  expect(hidden.status).toBe(404);
});

test.each(['', 'nul\0', 'x'.repeat(256)])('not there: %j is an id like any other', async (id) => {
  expect(codes(await rpc(METHOD, { token: alice.token, json: { id } }))).toBe('404/40403');
});
