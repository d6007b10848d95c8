import { afterAll, expect, test } from 'vitest';
import { detail, freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { newPerson } from '../people.ts';
import { both, shape } from '../shape.ts';

const METHOD = 'artifact.updateMetaData';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

test('success: the metadata is replaced, and nothing else', async () => {
  const artifact = await pushed(alice, { name: freshName('x'), metaData: '{"a": 1}' });
  const form: [string, string][] = [
    ['id', artifact._id],
    ['metaData', '{"b": 2}'],
    ['name', 'ignored'],
  ];
  const reply = await rpc(METHOD, { token: alice.token, form });
  expect(shape(reply)).toMatchSnapshot();
  const { updatedAt } = dataOf<{ updatedAt: string }>(reply);
  expect(await detail(alice, { id: artifact._id })).toEqual({ ...artifact, metaData: { b: 2 }, updatedAt });
});

test.each(['', '{', '[]', '"text"', 'null', '{"a": Infinity}'])(
  'invalid: metaData of %j',
  async (metaData) => {
    const artifact = await pushed(alice, { name: freshName('x'), metaData: '{"a": 1}' });
    const form: [string, string][] = [
      ['id', artifact._id],
      ['metaData', metaData],
    ];
    expect(codes(await rpc(METHOD, { token: alice.token, form }))).toBe('400/40001');
    expect(await detail(alice, { id: artifact._id })).toEqual(artifact);
  },
);

test('no token: 401/40103', async () => {
  const { _id: id } = await pushed(alice, { public: 'True' });
  expect(codes(await rpc(METHOD, { json: { id, metaData: '{}' } }))).toBe('401/40103');
});

test('not allowed: what is public and another user’s', async () => {
  const { _id: id } = await pushed(alice, { public: 'True' });
  expect(codes(await rpc(METHOD, { token: bob.token, json: { id, metaData: '{}' } }))).toBe('403/40301');
});

test('not visible and not there: the same 404/40403 to the byte', async () => {
  const { _id } = await pushed(alice, {});
  const { hidden, absent } = await both({ hidden: _id, absent: '0'.repeat(24) }, (id) =>
    rpc(METHOD, { token: bob.token, json: { id, metaData: '{}' } }),
  );
  expect(hidden).toEqual(absent);
  expect(hidden.status).toBe(404);
});
