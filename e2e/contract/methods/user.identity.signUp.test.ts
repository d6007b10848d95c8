import { expect, test } from 'vitest';
import { codes, dataOf, rpc } from '../client.ts';
import { logIn, newAccount } from '../people.ts';
import { shape } from '../shape.ts';

const METHOD = 'user.identity.signUp';

test('success: a new account can log in and has an empty storage of its name', async () => {
  const account = newAccount('newcomer');
  expect(shape(await rpc(METHOD, { json: account }))).toMatchSnapshot();
  const token = await logIn(account);
  expect(dataOf(await rpc('user.identity.whoami', { token }))).toMatchObject({ name: account.name });
  expect(dataOf(await rpc('artifact.list', { token }))).toEqual([]);
});

test.each([
  ['capitals in the name', { name: 'Alice' }],
  ['a dash at the end of the name', { name: 'alice-' }],
  ['a slash in the name', { name: 'a/b' }],
  ['a name of 41 characters', { name: 'a'.repeat(41) }],
  ['a reserved name', { name: 'hub' }],
  ['no e-mail address', { email: 'nowhere' }],
  ['a short password', { password: 'short' }],
])('invalid: %s', async (_what, wrong) => {
  const reply = await rpc(METHOD, { json: { ...newAccount('wrong'), ...wrong } });
  expect(codes(reply)).toBe('400/40001');
});

test.each(['name', 'email', 'password'])('invalid: without %s', async (field) => {
  const { [field]: _, ...rest } = newAccount('short') as Record<string, string>;
  expect(codes(await rpc(METHOD, { json: rest }))).toBe('400/40001');
});

test('taken: a name is given once', async () => {
  const account = newAccount('first');
  dataOf(await rpc(METHOD, { json: account }));
  const reply = await rpc(METHOD, { json: { ...newAccount('second'), name: account.name } });
  expect(codes(reply)).toBe('422/42202');
  expect(shape(reply)).toMatchSnapshot();
});
