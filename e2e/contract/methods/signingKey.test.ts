import { expect, test } from 'vitest';
import { newSigner } from '#lib/testing/signatures.ts';
import { codes, dataOf, envelope, rpc } from '../client.ts';
import { newPerson, onDatabase, type Person, rowsOf } from '../people.ts';

const { privatePem } = newSigner();
const add = ({ token }: { token?: string }, json: object) => rpc('signingKey.add', { token, json });
const remove = ({ token }: { token?: string }, json: object) => rpc('signingKey.remove', { token, json });
const list = async ({ token }: Person) =>
  dataOf<{ signing_keys: { _id: string; name: string }[] }>(await rpc('signingKey.list', { token }))
    .signing_keys;

async function tokenWith(person: Person, fields: object): Promise<string> {
  const json = { name: 'limited', expirationDays: 7, ...fields };
  return dataOf<{ token: string }>(await rpc('user.pat.create', { token: person.session, json })).token;
}

test('success: a key is added, listed with its fingerprint, and removed by its id or its name', async () => {
  const alice = await newPerson('alice');
  const made = dataOf<{ _id: string; fingerprint: string }>(
    await add(alice, { name: 'ci', pem: newSigner().pem }),
  );
  await add(alice, { name: 'a laptop', pem: newSigner('ed25519').pem });
  expect(made.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(await list(alice)).toMatchObject([
    { name: 'a laptop', kind: 'Ed25519', createdBy: alice.name },
    { name: 'ci', kind: 'ECDSA P-256', fingerprint: made.fingerprint, _id: made._id },
  ]);
  expect(codes(await remove(alice, { id: made._id }))).toBe('200/20000');
  expect(codes(await remove(alice, { name: 'a laptop' }))).toBe('200/20000');
  expect(await list(alice)).toEqual([]);
  const acts = await rowsOf(
    "SELECT action, target FROM audit_event WHERE namespace = $1 AND action LIKE 'signingKey.%' ORDER BY id",
    [alice.name],
  );
  expect(acts.map(({ action, target }) => `${action} ${target}`)).toEqual([
    'signingKey.add ci',
    'signingKey.add a laptop',
    'signingKey.remove ci',
    'signingKey.remove a laptop',
  ]);
});

test('name taken: a name once, and a key once in a namespace, and in others again', async () => {
  const [alice, bob] = [await newPerson('alice'), await newPerson('bob')];
  const { pem } = newSigner();
  await add(alice, { name: 'ci', pem });
  expect(codes(await add(alice, { name: 'ci', pem: newSigner().pem }))).toBe('422/42202');
  const again = await add(alice, { name: 'other', pem });
  expect(codes(again)).toBe('422/42202');
  expect(envelope(again).readableMessage).toContain('it is named ci');
  expect(codes(await add(bob, { name: 'ci', pem }))).toBe('200/20000');
});

test('invalid: what is no name and what is no public key, of which nothing is kept', async () => {
  const alice = await newPerson('alice');
  const { pem } = newSigner();
  const wrong = [
    {},
    { name: 'ci' },
    { pem },
    ...['', ' ', 'x'.repeat(101), 'a\u0000'].map((name) => ({ name, pem })),
    ...['', 'hello', privatePem, newSigner('p521').pem, newSigner('rsa1024').pem].map((text) => ({
      name: 'ci',
      pem: text,
    })),
    { name: 'ci', pem: pem + '\n'.repeat(5_000) },
    { name: 'ci', pem: `${pem}\u0000` },
  ];
  for (const json of wrong) expect(codes(await add(alice, json)), JSON.stringify(json)).toBe('400/40001');
  expect(envelope(await add(alice, { name: 'ci', pem: privatePem })).readableMessage).toContain(
    'must stay with you',
  );
  expect(await list(alice)).toEqual([]);
  expect(codes(await remove(alice, {}))).toBe('400/40001');
});

test('not there: a key of nobody, and one of somebody else', async () => {
  const [alice, bob] = [await newPerson('alice'), await newPerson('bob')];
  const { _id } = dataOf<{ _id: string }>(await add(alice, { name: 'ci', pem: newSigner().pem }));
  for (const json of [{ id: _id }, { name: 'ci' }, { id: 'none' }, { name: '\u0000' }])
    expect(codes(await remove(bob, json))).toBe('404/40403');
  expect(await list(alice)).toHaveLength(1);
});

test('not allowed: more than 20 keys, also when they come at once', async () => {
  const alice = await newPerson('alice');
  const pems = Array.from({ length: 24 }, () => newSigner('ed25519').pem);
  const replies = await Promise.all(pems.map((pem, index) => add(alice, { name: `key ${index}`, pem })));
  expect(replies.filter((reply) => codes(reply) === '200/20000')).toHaveLength(20);
  expect(replies.filter((reply) => codes(reply) === '403/40301')).toHaveLength(4);
});

test('not allowed: a token for some names, or one that was replaced, changes no key', async () => {
  const alice = await newPerson('alice');
  const token = await tokenWith(alice, { namePattern: 'ci-*' });
  const key = { name: 'ci', pem: newSigner().pem };
  expect(codes(await add({ token }, key))).toBe('403/40301');
  await add(alice, key);
  expect(codes(await remove({ token }, { name: 'ci' }))).toBe('403/40301');
  const old = await tokenWith(alice, { name: 'old' });
  await onDatabase([
    ["UPDATE access_token SET replaced_at = now() WHERE user_id = $1 AND name = 'old'", [alice.id]],
  ]);
  expect(codes(await add({ token: old }, { name: 'other', pem: newSigner().pem }))).toBe('403/40301');
  expect(await list(alice)).toHaveLength(1);
});

test('no token', async () => {
  for (const method of ['signingKey.list', 'signingKey.add', 'signingKey.remove'])
    expect(codes(await rpc(method, { json: {} }))).toBe('401/40103');
});
