import { expect, test } from 'vitest';
import { codes, rpc } from '../client.ts';
import { fromAnywhere, logIn, newPerson, signUp } from '../people.ts';

const METHOD = 'user.identity.changePassword';
const WHOAMI = 'user.identity.whoami';
const newPassword = 'quite another sentence';

async function change(token: string, password: string, wanted = newPassword): Promise<string> {
  const json = { password, newPassword: wanted };
  return codes(await rpc(METHOD, { token, json, headers: fromAnywhere() }));
}

test('success: the new password signs in, the old one and all other sessions are over', async () => {
  const account = await signUp('alice');
  const [mine, other] = [await logIn(account), await logIn(account)];
  expect(await change(mine, account.password)).toBe('200/20000');
  expect(codes(await rpc(WHOAMI, { token: mine }))).toBe('200/20000');
  expect(codes(await rpc(WHOAMI, { token: other }))).toBe('401/40103');
  await expect(logIn(account)).rejects.toThrow();
  expect(await logIn({ ...account, password: newPassword })).toMatch(/^gss_/);
});

test('invalid: a short one, and one that is missing', async () => {
  const account = await signUp('bob');
  const session = await logIn(account);
  expect(await change(session, account.password, 'short')).toBe('400/40001');
  expect(codes(await rpc(METHOD, { token: session, json: { newPassword } }))).toBe('400/40001');
});

test('wrong: 401/40102, the old one stays, and after five tries a minute nobody may try', async () => {
  const account = await signUp('carol');
  const session = await logIn(account);
  for (let tries = 0; tries < 5; tries += 1) expect(await change(session, 'a guess')).toBe('401/40102');
  expect(await change(session, account.password)).toBe('429/40301');
});

test('wrong: somebody without a password has none to change', async () => {
  const { session } = await newPerson('dora');
  expect(await change(session, '')).toBe('401/40102');
});

test('no token, and a token: 401/40103 and 403/40301', async () => {
  const { token } = await newPerson('erin');
  expect(codes(await rpc(METHOD, { json: { password: '', newPassword } }))).toBe('401/40103');
  expect(await change(token, '')).toBe('403/40301');
});
