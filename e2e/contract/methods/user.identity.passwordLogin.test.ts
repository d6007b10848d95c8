import { expect, test } from 'vitest';
import { codes, dataOf, rpc } from '../client.ts';
import { freeName, fromAnywhere, signUp } from '../people.ts';
import { shape } from '../shape.ts';

const METHOD = 'user.identity.passwordLogin';
const alice = await signUp('alice');

test('success: a password becomes a session that counts', async () => {
  const form: [string, string][] = [
    ['name', alice.name],
    ['password', alice.password],
  ];
  const reply = await rpc(METHOD, { form, headers: fromAnywhere() });
  expect(shape(reply)).toMatchSnapshot();
  const { token } = dataOf<{ token: string }>(reply);
  expect(dataOf(await rpc('user.identity.whoami', { token }))).toMatchObject({ name: alice.name });
});

test('success: the e-mail address is as good as the name', async () => {
  const reply = await rpc(METHOD, {
    json: { name: alice.email.toUpperCase(), password: alice.password },
    headers: fromAnywhere(),
  });
  expect(dataOf(reply)).toEqual({ token: expect.stringMatching(/^gss_/) });
});

test('invalid: without a password', async () => {
  expect(codes(await rpc(METHOD, { json: { name: alice.name } }))).toBe('400/40001');
});

test('not there: an unknown name reads like a wrong password', async () => {
  const wrong = await rpc(METHOD, {
    json: { name: alice.name, password: 'not the password' },
    headers: fromAnywhere(),
  });
  const unknown = await rpc(METHOD, {
    json: { name: freeName('nobody'), password: 'not the password' },
    headers: fromAnywhere(),
  });
  expect(codes(wrong)).toBe('401/40102');
  expect(shape(unknown)).toEqual(shape(wrong));
  expect(shape(wrong)).toMatchSnapshot();
});

test('too often: after five wrong passwords for an account it waits, and says for how long', async () => {
  const bob = await signUp('bob');
  const guess = () => rpc(METHOD, { json: { name: bob.name, password: 'guess' }, headers: fromAnywhere() });
  for (let count = 0; count < 5; count++) expect(codes(await guess())).toBe('401/40102');
  const refused = await guess();
  expect(codes(refused)).toBe('429/40301');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  const right = { json: { name: bob.name, password: bob.password }, headers: fromAnywhere() };
  expect(codes(await rpc(METHOD, right))).toBe('429/40301');
});

test('too often: after five wrong passwords from an address it waits, whatever the account', async () => {
  const headers = fromAnywhere();
  const guess = () => rpc(METHOD, { json: { name: freeName('nobody'), password: 'guess' }, headers });
  for (let count = 0; count < 5; count++) expect(codes(await guess())).toBe('401/40102');
  expect(codes(await guess())).toBe('429/40301');
  const login = { name: alice.name, password: alice.password };
  expect(codes(await rpc(METHOD, { json: login, headers }))).toBe('429/40301');
  expect(codes(await rpc(METHOD, { json: login, headers: fromAnywhere() }))).toBe('200/20000');
});
