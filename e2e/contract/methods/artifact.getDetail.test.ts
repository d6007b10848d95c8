import { afterAll, expect, test } from 'vitest';
import { freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { newPerson } from '../people.ts';
import { both, pairsFor, refOf, shape } from '../shape.ts';

const METHOD = 'artifact.getDetail';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

test('success: by id, by bare name and by full name it is the same object', async () => {
  const fields = { name: freshName('known'), type: 'documentArray', metaData: '{"b": 1, "a": 2.50}' };
  const artifact = await pushed(alice, fields);
  const byId = await rpc(METHOD, { token: alice.token, form: [['id', artifact._id]] });
  expect(shape(byId)).toMatchSnapshot();
  expect(dataOf(byId)).toEqual(artifact);
  const byName = await rpc(METHOD, { token: alice.token, json: { name: fields.name } });
  expect(dataOf(byName)).toEqual(artifact);
  const full = await rpc(METHOD, {
    token: alice.token,
    via: 'GET',
    query: { name: `${alice.name}/${fields.name}` },
  });
  expect(dataOf(full)).toEqual(artifact);
});

test('success: a public artifact is there for everybody, by id and by full name', async () => {
  const artifact = await pushed(alice, { name: freshName('open'), public: 'True' });
  for (const token of [bob.token, undefined]) {
    expect(dataOf(await rpc(METHOD, { token, json: { id: artifact._id } }))).toEqual(artifact);
    expect(dataOf(await rpc(METHOD, { token, json: { name: `${alice.name}/${artifact.name}` } }))).toEqual(
      artifact,
    );
  }
});

test('invalid: neither id nor name', async () => {
  const reply = await rpc(METHOD, { token: alice.token });
  expect(codes(reply)).toBe('400/40001');
  expect(shape(reply)).toMatchSnapshot();
});

test('no token: what is private and what is not there are the same 401/40103', async () => {
  const artifact = await pushed(alice, { name: freshName('private') });
  for (const pair of pairsFor(alice, artifact)) {
    const { hidden, absent } = await both(pair, (which) => rpc(METHOD, { json: refOf(which) }));
    expect(hidden).toEqual(absent);
    expect(hidden.status).toBe(401);
  }
  expect(codes(await rpc(METHOD, { json: { name: artifact.name } }))).toBe('401/40103');
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
  const reply = await rpc(METHOD, { token: bob.token, json: { id: artifact._id } });
  expect(shape(reply)).toMatchSnapshot();
});

test.each(['', 'x'.repeat(256), 'line\nbreak', 'nul\0', 'no such id', '../..', '\ud800'])(
  'not there: %j is a name like any other',
  async (name) => {
    expect(codes(await rpc(METHOD, { token: alice.token, json: { name } }))).toBe('404/40403');
    expect(codes(await rpc(METHOD, { token: alice.token, json: { id: name } }))).toBe('404/40403');
  },
);
