import { expect, test } from 'vitest';
import { freshName } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { newPerson } from '../people.ts';
import { both, shape } from '../shape.ts';

const alice = await newPerson('alice');
const bob = await newPerson('bob');

interface Pat {
  _id: string;
  name: string;
  expireAt: string;
  createdAt: string;
}

async function list(token: string): Promise<Pat[]> {
  return dataOf<{ personal_access_tokens: Pat[] }>(await rpc('user.pat.list', { token }))
    .personal_access_tokens;
}

async function create(token: string, name: string, days = '30'): Promise<{ _id: string; token: string }> {
  return dataOf(
    await rpc('user.pat.create', {
      token,
      form: [
        ['name', name],
        ['expirationDays', days],
      ],
    }),
  );
}

test('create, success: the secret is shown once, and ends after the days asked for', async () => {
  const name = freshName('ci');
  const form: [string, string][] = [
    ['name', name],
    ['expirationDays', '7'],
  ];
  const reply = await rpc('user.pat.create', { token: alice.token, form });
  expect(shape(reply)).toMatchSnapshot();
  const item = (await list(alice.token)).find((token) => token.name === name);
  expect(Date.parse(item?.expireAt ?? '') - Date.parse(item?.createdAt ?? '')).toBe(7 * 86_400_000);
  expect(JSON.stringify(await list(alice.token))).not.toContain(dataOf<{ token: string }>(reply).token);
});

test.each(['0', '-1', 'soon', '1.5', '99999'])('create, invalid: expirationDays %s', async (days) => {
  const reply = await rpc('user.pat.create', {
    token: alice.token,
    json: { name: freshName('x'), expirationDays: days },
  });
  expect(codes(reply)).toBe('400/40001');
});

test.each([{}, { name: '' }, { name: null }])('create, invalid: a name of %j', async (json) => {
  expect(codes(await rpc('user.pat.create', { token: alice.token, json }))).toBe('400/40001');
});

test('create, taken: a name is one token of one user', async () => {
  const name = freshName('twice');
  await create(alice.token, name);
  const again = await rpc('user.pat.create', { token: alice.token, json: { name } });
  expect(codes(again)).toBe('422/42202');
  expect(shape(again)).toMatchSnapshot();
  await create(bob.token, name);
});

test('list, success: the keys that clients print are texts or null', async () => {
  const carol = await newPerson('carol');
  expect(shape(await rpc('user.pat.list', { token: carol.session }))).toMatchSnapshot();
});

test('delete, success: by name and by id, and it fails from the next request on', async () => {
  const [byName, byId] = [freshName('by-name'), freshName('by-id')];
  const first = await create(alice.token, byName);
  const second = await create(alice.token, byId);
  expect(
    shape(await rpc('user.pat.delete', { token: alice.token, form: [['name', byName]] })),
  ).toMatchSnapshot();
  expect(codes(await rpc('user.pat.delete', { token: alice.token, json: { id: second._id } }))).toBe(
    '200/20000',
  );
  expect(codes(await rpc('user.identity.whoami', { token: first.token }))).toBe('401/40103');
  expect(codes(await rpc('user.identity.whoami', { token: second.token }))).toBe('401/40103');
});

test('delete, invalid: neither name nor id', async () => {
  expect(codes(await rpc('user.pat.delete', { token: alice.token }))).toBe('400/40001');
});

test("delete, not visible and not there: another user's token is none", async () => {
  const hidden = freshName('of-bob');
  const { _id } = await create(bob.token, hidden);
  const names = await both({ hidden, absent: freshName('of-bob') }, (name) =>
    rpc('user.pat.delete', { token: alice.token, json: { name } }),
  );
  const ids = await both({ hidden: _id, absent: '0'.repeat(24) }, (id) =>
    rpc('user.pat.delete', { token: alice.token, json: { id } }),
  );
  expect(names.hidden).toEqual(names.absent);
  expect(ids.hidden).toEqual(ids.absent);
  expect(names.hidden.status).toBe(404);
  expect((await list(bob.token)).map((token) => token.name)).toContain(hidden);
});

test.each(['user.pat.create', 'user.pat.list', 'user.pat.delete'])(
  '%s, no token: 401/40103',
  async (method) => {
    expect(codes(await rpc(method, { json: { name: 'x' } }))).toBe('401/40103');
  },
);
