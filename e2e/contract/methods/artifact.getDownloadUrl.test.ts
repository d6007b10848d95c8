import { afterAll, expect, test } from 'vitest';
import { freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, origin, type Reply, rpc, send } from '../client.ts';
import { newPerson } from '../people.ts';
import { both, pairsFor, refOf, shape } from '../shape.ts';

const METHOD = 'artifact.getDownloadUrl';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

async function bytesBehind(reply: Reply): Promise<string> {
  const { download } = dataOf<{ download: string }>(reply);
  expect(download.startsWith(`${origin()}/`)).toBe(true);
  const answer = await send({ path: download.slice(origin().length) });
  return answer.bytes.toString();
}

test('success: the URL gives the bytes to whoever has it, without a token', async () => {
  const { _id: id } = await pushed(alice, { name: freshName('mine') }, 'the bytes');
  const reply = await rpc(METHOD, { token: alice.token, form: [['id', id]] });
  expect(shape(reply)).toMatchSnapshot();
  expect(await bytesBehind(reply)).toBe('the bytes');
});

test("success: docarray's GET with the name pasted into the URL", async () => {
  const name = freshName('a b ü');
  await pushed(alice, { name }, 'pasted');
  const reply = await send({
    path: `/v2/rpc/${METHOD}?name=${alice.name}/${encodeURIComponent(name)}`,
    headers: { authorization: `token ${alice.token}` },
  });
  expect(await bytesBehind(reply)).toBe('pasted');
});

test('success: a public artifact needs no token, by id and by full name', async () => {
  const artifact = await pushed(alice, { name: freshName('open'), public: 'True' }, 'for all');
  for (const token of [bob.token, undefined]) {
    expect(await bytesBehind(await rpc(METHOD, { token, json: { id: artifact._id } }))).toBe('for all');
    const name = `${alice.name}/${artifact.name}`;
    expect(await bytesBehind(await rpc(METHOD, { token, via: 'GET', query: { name } }))).toBe('for all');
  }
});

test('success: a URL from before a re-push keeps giving the old bytes whole', async () => {
  const name = freshName('moving');
  const artifact = await pushed(alice, { name }, 'the old bytes');
  const before = await rpc(METHOD, { token: alice.token, json: { id: artifact._id } });
  await pushed(alice, { name }, 'new');
  expect(await bytesBehind(before)).toBe('the old bytes');
  expect(await bytesBehind(await rpc(METHOD, { token: alice.token, json: { name } }))).toBe('new');
});

test('invalid: neither id nor name', async () => {
  expect(codes(await rpc(METHOD, { token: alice.token, via: 'GET' }))).toBe('400/40001');
});

test('no token: what is private and what is not there are the same 401/40103', async () => {
  const artifact = await pushed(alice, { name: freshName('private') });
  for (const pair of pairsFor(alice, artifact)) {
    const { hidden, absent } = await both(pair, (which) => rpc(METHOD, { via: 'GET', query: refOf(which) }));
    expect(hidden).toEqual(absent);
    expect(hidden.status).toBe(401);
  }
  const bare = await pushed(alice, { name: freshName('bare'), public: 'True' });
  const reply = await rpc(METHOD, { via: 'GET', query: { name: String(bare.name) } });
  expect(codes(reply)).toBe('401/40103');
  expect(shape(reply)).toMatchSnapshot();
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
});

test.each(['', 'x'.repeat(256), 'line\nbreak', 'nul\0', '../..', '\ud800'])(
  'not there: %j is a name like any other',
  async (name) => {
    expect(codes(await rpc(METHOD, { token: alice.token, json: { name } }))).toBe('404/40403');
  },
);
