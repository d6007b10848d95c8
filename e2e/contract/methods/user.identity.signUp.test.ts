import { expect, test } from 'vitest';
import { codes, dataOf, rpc } from '../client.ts';
import { fromAnywhere, logIn, newAccount } from '../people.ts';
import { shape } from '../shape.ts';

/** From an address of its own: sign-ups are counted by address. */
function signUp({ json }: { json: object }) {
  return rpc('user.identity.signUp', { json, headers: fromAnywhere() });
}

test('success: a new account can log in and has an empty storage of its name', async () => {
  const account = newAccount('newcomer');
  expect(shape(await signUp({ json: account }))).toMatchSnapshot();
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
  ['a password that is guessed first', { password: 'password1234' }],
])('invalid: %s', async (_what, wrong) => {
  const reply = await signUp({ json: { ...newAccount('wrong'), ...wrong } });
  expect(codes(reply)).toBe('400/40001');
});

test.each(['name', 'email', 'password'])('invalid: without %s', async (field) => {
  const { [field]: _, ...rest } = newAccount('short') as Record<string, string>;
  expect(codes(await signUp({ json: rest }))).toBe('400/40001');
});

test('too many from one address: 429 with the time to wait', async () => {
  const headers = fromAnywhere();
  const tries = async () =>
    rpc('user.identity.signUp', { json: { name: 'Wrong', email: '', password: '' }, headers });
  for (let count = 0; count < 20; count++) expect(codes(await tries())).toBe('400/40001');
  const reply = await tries();
  expect(codes(reply)).toBe('429/40301');
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(3000);
});

test('taken: a name is given once', async () => {
  const account = newAccount('first');
  dataOf(await signUp({ json: account }));
  const reply = await signUp({ json: { ...newAccount('second'), name: account.name } });
  expect(codes(reply)).toBe('422/42202');
  expect(shape(reply)).toMatchSnapshot();
});
