import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { newId } from '#lib/ids.ts';
import { codes, dataOf, envelope, type Reply, rpc } from '../client.ts';
import { newPerson, newSession, onDatabase, type Person } from '../people.ts';

const LIST = 'user.identity.listMethods';
const UNLINK = 'user.identity.unlink';
const SET_PASSWORD = 'user.identity.setPassword';
const PASSWORD = 'a sentence that nobody guesses';

interface Methods {
  hasPassword: boolean;
  identities: { _id: string; provider: string; title: string; label: string; lastUsedAt: string | null }[];
}

/** Links somebody straight in the database; the id. */
async function link({ id: userId }: Person, provider: string): Promise<string> {
  const [id, subject] = [newId(), randomBytes(8).toString('hex')];
  await onDatabase([
    [
      'INSERT INTO identity (id, user_id, provider, subject, label) VALUES ($1, $2, $3, $4, $5)',
      [id, userId, provider, subject, 'octo'],
    ],
  ]);
  return id;
}

async function methodsOf({ session }: Person): Promise<Methods> {
  return dataOf<Methods>(await rpc(LIST, { token: session }));
}

test('success: one’s own methods alone, one is unlinked, and the last one stays until there is a password', async () => {
  const [alice, bob] = [await newPerson('alice'), await newPerson('bob')];
  const [first, second] = [await link(alice, 'github'), await link(alice, 'oidc-lab')];
  await link(bob, 'google');
  const { hasPassword, identities } = await methodsOf(alice);
  expect(hasPassword).toBe(false);
  expect(identities.map(({ _id }) => _id).sort()).toEqual([first, second].sort());
  expect(identities[0]).toMatchObject({ label: 'octo', lastUsedAt: null });
  const token = alice.session;
  expect(codes(await rpc(UNLINK, { token, json: { id: first } }))).toBe('200/20000');
  expect(codes(await rpc(UNLINK, { token, json: { id: first } }))).toBe('404/40403');
  expect(codes(await rpc(UNLINK, { token, json: { id: second } }))).toBe('403/40301');
  expect(codes(await rpc(SET_PASSWORD, { token, json: { newPassword: PASSWORD } }))).toBe('200/20000');
  expect(codes(await rpc(UNLINK, { token, json: { id: second } }))).toBe('200/20000');
  expect(await methodsOf(alice)).toMatchObject({ hasPassword: true, identities: [] });
});

test('success: a first password signs in, ends other sessions, and is no way to change one', async () => {
  const alice = await newPerson('alice');
  const other = await newSession(alice.id);
  const token = alice.session;
  expect(codes(await rpc(SET_PASSWORD, { token, json: { newPassword: 'short' } }))).toBe('400/40001');
  expect(codes(await rpc(SET_PASSWORD, { token, json: { newPassword: PASSWORD } }))).toBe('200/20000');
  expect(codes(await rpc('user.identity.whoami', { token: other }))).toBe('401/40103');
  const login = { name: alice.name, password: PASSWORD };
  expect(codes(await rpc('user.identity.passwordLogin', { json: login }))).toBe('200/20000');
  const again = { newPassword: 'another sentence that nobody guesses' };
  expect(codes(await rpc(SET_PASSWORD, { token, json: again }))).toBe('403/40301');
});

test('another’s method does not exist', async () => {
  const [alice, bob] = [await newPerson('alice'), await newPerson('bob')];
  const id = await link(alice, 'github');
  expect(codes(await rpc(UNLINK, { token: bob.session, json: { id } }))).toBe('404/40403');
  expect(codes(await rpc(UNLINK, { token: bob.session, json: { id: 'no id' } }))).toBe('404/40403');
});

test('a token and nobody change no methods, and what is missing is said', async () => {
  const alice = await newPerson('alice');
  const id = await link(alice, 'github');
  const calls = [
    [LIST, {}],
    [UNLINK, { id }],
    [SET_PASSWORD, { newPassword: PASSWORD }],
  ] as const;
  for (const [method, json] of calls) {
    expect(codes(await rpc(method, { token: alice.token, json }))).toBe('403/40301');
    expect(codes(await rpc(method, { json }))).toBe('401/40103');
  }
  for (const method of [UNLINK, SET_PASSWORD])
    expect(codes(await rpc(method, { token: alice.session, json: {} }))).toBe('400/40001');
});

test('an account that needs a second step signs in by no password, which only who knows it is told', async () => {
  const alice = await newPerson('alice');
  await rpc(SET_PASSWORD, { token: alice.session, json: { newPassword: PASSWORD } });
  await onDatabase([
    [
      'INSERT INTO authenticator (id, user_id, kind, name) VALUES ($1, $2, $3, $4)',
      [newId(), alice.id, 'passkey', 'A key'],
    ],
  ]);
  const tryBy = (password: string) =>
    rpc('user.identity.passwordLogin', { json: { name: alice.name, password } });
  const [wrong, right] = [await tryBy('a guess that is wrong'), await tryBy(PASSWORD)];
  const nobody = await rpc('user.identity.passwordLogin', { json: { name: 'nobody-at-all', password: 'x' } });
  const words = (reply: Reply) => envelope(reply).message?.replace(/\(request .*\)$/, '');
  expect(words(wrong)).toBe(words(nobody));
  expect(codes(wrong)).toBe(codes(nobody));
  expect(codes(right)).toBe('403/40301');
  expect(envelope(right).message).toMatch(/needs a second step/);
});
