import { afterAll, expect, test } from 'vitest';
import { bytesBehind, freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, envelope, rpc, send } from '../client.ts';
import { newPerson } from '../people.ts';
import { both, shape } from '../shape.ts';

const METHOD = 'da.pull';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

const pull = (token: string, who: { token?: string } = {}) =>
  rpc(METHOD, { token: who.token, via: 'GET', query: { token } });

test('success: a public one by its full name, without credentials', async () => {
  const { name } = await pushed(alice, { name: freshName('open'), public: 'True' }, 'for all');
  const reply = await pull(`${alice.name}/${name}`);
  expect(shape(reply)).toMatchSnapshot();
  expect(await bytesBehind(reply)).toBe('for all');
});

test("success: docarray's URL, in which the slash stands as it is", async () => {
  const { name } = await pushed(alice, { name: freshName('open'), public: 'True' }, 'for all');
  const path = `/v2/rpc/${METHOD}?token=${alice.name}/${name}`;
  expect(await bytesBehind(await send({ path }))).toBe('for all');
});

test('success: one’s own by its bare name, with a token', async () => {
  const { name } = await pushed(alice, { name: freshName('mine') }, 'mine');
  expect(await bytesBehind(await pull(String(name), alice))).toBe('mine');
});

test('success: a token that cannot be read counts as none', async () => {
  const { name } = await pushed(alice, { name: freshName('open'), public: 'True' }, 'for all');
  const token = '<property object at 0x7f3a5c0d1e50>';
  expect(await bytesBehind(await pull(`${alice.name}/${name}`, { token }))).toBe('for all');
});

test('invalid: no name', async () => {
  expect(codes(await rpc(METHOD, { via: 'GET' }))).toBe('400/40001');
});

test('no token: what is private and what is not there are the same 401/40103', async () => {
  const { name } = await pushed(alice, { name: freshName('private') });
  const [full, bare] = [`${alice.name}/${name}`, String(name)];
  for (const hidden of [full, bare]) {
    const replies = await both({ hidden, absent: `${hidden.slice(0, -4)}zzzz` }, (token) => pull(token));
    expect(replies.hidden).toEqual(replies.absent);
    expect(replies.hidden.status).toBe(401);
  }
  expect(envelope(await pull(full)).data).toBeNull();
});

test('not visible and not there: the same 404/40403 to the byte', async () => {
  const { name } = await pushed(alice, { name: freshName('private') });
  const hidden = `${alice.name}/${name}`;
  const replies = await both({ hidden, absent: `${hidden.slice(0, -4)}zzzz` }, (token) => pull(token, bob));
  expect(replies.hidden).toEqual(replies.absent);
  expect(replies.hidden.status).toBe(404);
});

test.each(['', 'x'.repeat(256), 'line\nbreak', 'nul\0', '../..'])(
  'not there: %j is a name like any other',
  async (name) => {
    expect(codes(await pull(name, alice))).toBe('404/40403');
  },
);
