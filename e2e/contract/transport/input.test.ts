import { afterAll, describe, expect, test } from 'vitest';
import { type Artifact, freshName, push, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc, send } from '../client.ts';
import { multipart } from '../multipart.ts';
import { newPerson } from '../people.ts';

const alice = await newPerson('alice');
afterAll(() => removeAll(alice));
const { _id: id, name } = await pushed(alice, { name: freshName('input') });

describe('arguments come from the query and from the body', () => {
  const METHOD = 'artifact.getDetail';
  const part = multipart([{ name: 'id', value: id }]);

  test.each<[string, Parameters<typeof rpc>[1]]>([
    ['the query of a GET', { via: 'GET', query: { id } }],
    ['the query of a POST without a body', { query: { id } }],
    ['JSON', { json: { id } }],
    ['a form', { form: [['id', id]] }],
    ['multipart', { headers: { 'content-type': part.type }, body: part.body }],
    [
      'JSON with a charset',
      {
        body: Buffer.from(JSON.stringify({ id })),
        headers: { 'content-type': 'application/json; charset=utf-8' },
      },
    ],
    ['the body, where the query says something else', { query: { id: '0'.repeat(24) }, json: { id } }],
    ['both, merged', { query: { name: 'ignored' }, form: [['id', id]] }],
    ['a body with fields that nobody knows', { json: { id, unknown: { deep: [1] } } }],
  ])('%s', async (_where, call) => {
    expect(dataOf(await rpc(METHOD, { token: alice.token, ...call }))).toMatchObject({ _id: id });
  });

  test('a null in JSON is an absent field', async () => {
    expect(dataOf(await rpc(METHOD, { token: alice.token, json: { id: null, name } }))).toMatchObject({
      _id: id,
    });
  });

  test('a + and %20 in a form are spaces, and non-ASCII letters survive every way', async () => {
    const odd = freshName('a b+ü 東');
    await pushed(alice, { name: odd });
    const raw = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const call of [
      { json: { name: odd } },
      { body: Buffer.from(`name=${odd.replace('+', '%2B')}`), headers: raw },
      { form: [['name', odd] as [string, string]] },
      { via: 'GET' as const, query: { name: odd } },
    ])
      expect(dataOf(await rpc(METHOD, { token: alice.token, ...call }))).toMatchObject({ name: odd });
    const path = `/v2/rpc/${METHOD}?name=${encodeURIComponent(odd)}`;
    const reply = await send({ path, headers: { authorization: `token ${alice.token}` } });
    expect(dataOf(reply)).toMatchObject({ name: odd });
    const escaped = Buffer.from(
      JSON.stringify({ name: odd }).replaceAll(
        /[^ -~]/g,
        (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    );
    const json = await rpc(METHOD, {
      token: alice.token,
      body: escaped,
      headers: { 'content-type': 'application/json' },
    });
    expect(dataOf(json)).toMatchObject({ name: odd });
  });
});

describe('no body at all is normal', () => {
  test.each([
    ['without a content type', {}],
    ['as application/octet-stream', { 'content-type': 'application/octet-stream' }],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['as JSON', { 'content-type': 'application/json' }],
  ])('%s', async (_how, headers: Record<string, string>) => {
    for (const method of ['user.identity.whoami', 'user.session.getRaw', 'user.pat.list', 'artifact.list'])
      expect(codes(await rpc(method, { token: alice.token, headers }))).toBe('200/20000');
  });

  test('chunked and empty', async () => {
    expect(codes(await rpc('artifact.list', { token: alice.token, body: [] }))).toBe('200/20000');
  });
});

describe("Python's values", () => {
  test.each([
    ['True', 'public'],
    ['true', 'public'],
    ['1', 'public'],
    ['TRUE', 'public'],
    ['False', 'private'],
    ['false', 'private'],
    ['0', 'private'],
    ['', 'private'],
  ])('the boolean text %j means %s', async (text, visibility) => {
    expect(dataOf(await push(alice, { public: text }))).toMatchObject({ visibility });
  });

  test.each([true, 'True', 1, '1'])('a JSON boolean may be %j', async (value) => {
    const artifact = await pushed(alice, {});
    const reply = await rpc('artifact.update', {
      token: alice.token,
      json: { id: artifact._id, public: value },
    });
    expect(dataOf(reply)).toMatchObject({ visibility: 'public' });
  });

  test.each<[string, (ids: string[]) => Parameters<typeof rpc>[1]]>([
    ['a repeated key', (ids) => ({ form: ids.map((one) => ['ids', one]) })],
    ['a key with brackets', (ids) => ({ form: ids.map((one) => ['ids[]', one]) })],
    ['a repeated key in the query', (ids) => ({ query: ids.map((one) => `ids=${one}`).join('&') })],
    ['a JSON array', (ids) => ({ json: { ids } })],
  ])('a list may be %s', async (_how, call) => {
    const made: Artifact[] = [await pushed(alice, {}), await pushed(alice, {})];
    const reply = await rpc('artifact.deleteMany', {
      token: alice.token,
      ...call(made.map((one) => one._id)),
    });
    expect(dataOf(reply)).toEqual({ deletedCount: 2 });
  });

  test.each<[string, (one: string) => Parameters<typeof rpc>[1]]>([
    ['a form', (one) => ({ form: [['ids', one]] })],
    ['brackets', (one) => ({ form: [['ids[]', one]] })],
    ['JSON', (one) => ({ json: { ids: one } })],
  ])('a list of one may be a scalar in %s', async (_how, call) => {
    const artifact = await pushed(alice, {});
    const reply = await rpc('artifact.deleteMany', { token: alice.token, ...call(artifact._id) });
    expect(dataOf(reply)).toEqual({ deletedCount: 1 });
  });

  test('an integer may be decimal text', async () => {
    const reply = await rpc('artifact.list', { token: alice.token, json: { pageSize: '1', pageIndex: '2' } });
    expect(codes(reply)).toBe('200/20000');
  });
});
