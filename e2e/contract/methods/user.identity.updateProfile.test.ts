import { expect, test } from 'vitest';
import { codes, dataOf, rpc } from '../client.ts';
import { fromAnywhere, logIn, newPerson, signUp } from '../people.ts';

const METHOD = 'user.identity.updateProfile';
const WHOAMI = 'user.identity.whoami';
const alice = await newPerson('alice');

test('success: what is sent changes, what is not stays, and the user name is never another', async () => {
  const { session } = await newPerson('anna');
  const before = dataOf<object>(await rpc(WHOAMI, { token: session }));
  const displayName = 'Anna Ångström 👩‍🔬'.replaceAll('\u200d', '');
  expect(codes(await rpc(METHOD, { token: session, json: { displayName, name: 'other' } }))).toBe(
    '200/20000',
  );
  expect(dataOf(await rpc(WHOAMI, { token: session }))).toEqual({ ...before, nickname: displayName });
  dataOf(await rpc(METHOD, { token: session, json: { displayName: ' ', email: ' anna@example.com ' } }));
  const after = dataOf<{ name: string }>(await rpc(WHOAMI, { token: session }));
  expect(after).toMatchObject({ nickname: after.name, email: 'anna@example.com' });
});

test('success: the new address signs in, and the old one no more', async () => {
  const account = await signUp('bob');
  const email = `new-${account.email}`;
  const token = await logIn(account);
  dataOf(await rpc(METHOD, { token, json: { email, password: account.password } }));
  expect(await logIn({ ...account, name: email })).toMatch(/^gss_/);
  await expect(logIn({ ...account, name: account.email })).rejects.toThrow();
});

test('wrong: a new address without the current password changes nothing, a name needs none', async () => {
  const account = await signUp('carol');
  const token = await logIn(account);
  const email = `new-${account.email}`;
  for (const json of [{ email }, { email, password: '' }, { email, password: 'wrong' }])
    expect(codes(await rpc(METHOD, { token, json, headers: fromAnywhere() }))).toBe('401/40102');
  expect(dataOf(await rpc(WHOAMI, { token }))).toMatchObject({ email: account.email });
  const name = { displayName: 'Carol', email: account.email };
  expect(codes(await rpc(METHOD, { token, json: name }))).toBe('200/20000');
});

test.each([
  ['no e-mail address', { email: 'nowhere' }],
  ['an empty e-mail address', { email: '' }],
  ['a name of 101 characters', { displayName: 'a'.repeat(101) }],
  ['a name with what cannot be seen', { displayName: 'a\u202eb' }],
])('invalid: %s', async (_what, json) => {
  expect(codes(await rpc(METHOD, { token: alice.session, json }))).toBe('400/40001');
});

test('no token: 401/40103', async () => {
  expect(codes(await rpc(METHOD, { json: { displayName: 'x' } }))).toBe('401/40103');
});

test('not allowed: a token changes nothing', async () => {
  const reply = await rpc(METHOD, { token: alice.token, json: { displayName: 'x' } });
  expect(codes(reply)).toBe('403/40301');
  expect(dataOf(await rpc(WHOAMI, { token: alice.token }))).toMatchObject({ nickname: 'The alice' });
});
