import { afterAll, describe, expect, test } from 'vitest';
import { freshName, listedNames, push, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc, send } from '../client.ts';
import { multipart } from '../multipart.ts';
import { newPerson } from '../people.ts';

const alice = await newPerson('alice');
const { token } = alice;
afterAll(() => removeAll(alice));

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const json = { 'content-type': 'application/json' };

describe('a push', () => {
  test.each([
    ['a type with NUL', { type: 'a\0b' }],
    ['a type of 26 kB', { type: 'x'.repeat(26_000) }],
    ['a type with a line break', { type: 'a\nb' }],
  ])('with %s is refused, and leaves nothing', async (_what, fields) => {
    const name = freshName('typed');
    expect(codes(await push(alice, { name, ...fields }))).toBe('400/40001');
    expect(await listedNames(alice)).not.toContain(name);
  });

  test('that announces more bytes than there are is refused with a sentence', async () => {
    const { type, body } = multipart([{ name: 'file', filename: 'x', value: 'x' }]);
    const headers = {
      authorization: `token ${token}`,
      'content-type': type,
      'content-length': '9223372036854775807',
    };
    const reply = await send({ method: 'POST', path: '/v2/rpc/artifact.upload', headers, body: [body] });
    expect(codes(reply)).toBe('413/41301');
  });
});

describe('a name that is no UTF-8', () => {
  test.each(['name=%FF%FE', 'name=q%FF', 'id=%C3'])(
    'in the query %s is refused, not changed',
    async (query) => {
      const reply = await send({
        path: `/v2/rpc/artifact.getDetail?${query}`,
        headers: { authorization: `token ${token}` },
      });
      expect(codes(reply)).toBe('400/40001');
    },
  );

  test('in a form is refused, not changed', async () => {
    const { _id: id, name } = await pushed(alice, { name: freshName('kept') });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await rpc('artifact.update', { token, headers, body: Buffer.from(`id=${id}&name=%FF%FE`) });
    expect(codes(reply)).toBe('400/40001');
    expect(dataOf(await rpc('artifact.getDetail', { token, json: { id } }))).toMatchObject({ name });
  });

  test('is no problem for unicode that is sent as it is, without being encoded', async () => {
    const name = freshName('grün-東京');
    await pushed(alice, { name });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await rpc('artifact.getDetail', { token, headers, body: Buffer.from(`name=${name}`) });
    expect(dataOf(reply)).toMatchObject({ name });
  });
});

describe('a list', () => {
  test.each([
    ['half of a surrogate pair', '{"filter":{"metaData.a":"\\ud800"}}'],
    ['a value nested 100,000 deep', `{"filter":{"metaData.a":${deep(100_000)}}}`],
    ['a path of 100,000 steps', `{"filter":{"metaData${'.a'.repeat(100_000)}":1}}`],
    ['a direction that is no number', '{"sort":{"createdAt":{"toString":1,"valueOf":1}}}'],
    ['a path of 100,000 steps to sort by', `{"sort":{"metaData${'.a'.repeat(100_000)}":1}}`],
  ])('with %s is answered', async (_what, body) => {
    expect(codes(await rpc('artifact.list', { token, headers: json, body: Buffer.from(body) }))).toBe(
      '200/20000',
    );
  });

  test.each([
    [
      '40,000 filters',
      { filter: Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`f${i}`, 1])) },
    ],
    ['2,000 sort keys', { sort: Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`f${i}`, 1])) }],
  ])('with %s is refused', async (_what, input) => {
    expect(codes(await rpc('artifact.list', { token, json: input }))).toBe('400/40001');
  });
});

describe('a change', () => {
  test.each([
    ['public that is an object', (id: string) => `{"id":"${id}","public":{"toString":1,"valueOf":1}}`],
    ['metaData nested 100,000 deep', (id: string) => `{"id":"${id}","metaData":${deep(100_000)}}`],
  ])('with %s is refused', async (_what, body) => {
    const { _id: id } = await pushed(alice, { name: freshName('changed') });
    expect(codes(await rpc('artifact.update', { token, headers: json, body: Buffer.from(body(id)) }))).toBe(
      '400/40001',
    );
  });

  test.each([{ name: 'a\0b' }, { id: 'a\0b' }, { name: '\ud800' }])(
    'deletes no token for %j',
    async (ref) => {
      expect(codes(await rpc('user.pat.delete', { token, json: ref }))).toBe('404/40403');
    },
  );
});

test('a form of many long fields is refused before it fills the memory', async () => {
  const parts = Array.from({ length: 90 }, (_, i) => ({
    name: `f${i}`,
    value: Buffer.alloc(1_000_000, 'x'),
  }));
  const { type, body } = multipart(parts);
  const reply = await rpc('artifact.getDetail', { headers: { 'content-type': type }, body });
  expect(codes(reply)).toBe('400/40001');
});

test.each(['token junk', 'Basic eDp5', 'Bearer'])(
  'an unreadable Authorization (%s) opens nothing to foreign pages',
  async (authorization) => {
    const account = {
      name: freshName('page').slice(0, 30),
      email: 'p@example.org',
      password: 'a sentence that nobody guesses',
    };
    const headers = { authorization, origin: 'https://evil.example.org', host: 'evil.example.org' };
    expect(codes(await rpc('user.identity.signUp', { json: account, headers }))).toBe('403/40301');
  },
);
