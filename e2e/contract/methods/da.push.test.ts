import { afterAll, describe, expect, test } from 'vitest';
import {
  bytesBehind,
  daPush,
  detail,
  EARLY_DOCARRAY,
  freshName,
  pushed,
  pushParts,
  removeAll,
} from '../artifacts.ts';
import { codes, dataOf, envelope, rpc } from '../client.ts';
import { multipart } from '../multipart.ts';
import { newPerson } from '../people.ts';
import { shape } from '../shape.ts';

const METHOD = 'da.push';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

describe('with a token', () => {
  test('success: chunked, as docarray 0.9.6 to 0.11.2 sends it, into the own namespace, public', async () => {
    const name = freshName('docs');
    const reply = await daPush(alice, name, 'chunked');
    expect(shape(reply)).toMatchSnapshot();
    expect(dataOf(reply)).toEqual({ token: name });
    expect(await detail(alice, { name })).toMatchObject({
      name,
      type: 'documentArray',
      visibility: 'public',
      metaData: null,
      size: 7,
    });
    const token = `${alice.name}/${name}`;
    expect(await bytesBehind(await rpc('da.pull', { via: 'GET', query: { token } }))).toBe('chunked');
  });

  test('success: with its length, as docarray 0.8 to 0.9.5 sends it', async () => {
    const name = freshName('docs');
    const { type, body } = multipart([
      { name: 'file', filename: 'DocumentArray', value: 'measured' },
      { name: 'token', value: name },
    ]);
    const headers = { 'content-type': type, ...EARLY_DOCARRAY };
    expect(codes(await rpc(METHOD, { token: alice.token, headers, body }))).toBe('200/20000');
    expect(await detail(alice, { name })).toMatchObject({ visibility: 'public', size: 8 });
  });

  test('success: the same name replaces bytes and keeps the id and who may see it', async () => {
    const { _id, name } = await pushed(alice, { name: freshName('mine'), public: 'False' }, 'old');
    dataOf(await daPush(alice, String(name), 'newer'));
    expect(await detail(alice, { name: String(name) })).toMatchObject({
      _id,
      visibility: 'private',
      type: 'documentArray',
      size: 5,
    });
  });

  test.each(['', 'x'.repeat(256), 'line\nbreak', 'nul\0'])('invalid: the name %j', async (name) => {
    expect(codes(await daPush(alice, name))).toBe('400/40001');
  });

  test('invalid: no name, no file, two files', async () => {
    const file = { name: 'file', filename: 'DocumentArray', value: 'x' };
    const token = { name: 'token', value: freshName('x') };
    for (const parts of [[file], [token], [file, file, token]])
      expect(codes(await pushParts(alice, parts, { method: METHOD }))).toBe('400/40001');
    expect(codes(await rpc(METHOD, { token: alice.token, form: [['token', 'x']] }))).toBe('400/40001');
  });

  test('not allowed: into somebody else’s namespace', async () => {
    expect(codes(await daPush(alice, `${bob.name}/${freshName('x')}`))).toBe('403/40301');
  });
});

describe('without a token', () => {
  test('401/40103, with a sentence for people whose client cannot log in', async () => {
    const reply = await daPush({}, freshName('docs'));
    expect(codes(reply)).toBe('401/40103');
    expect(shape(reply)).toMatchSnapshot();
    expect(envelope(reply).message).toContain('ANONYMOUS_PUSH');
    expect(codes(await daPush({ token: 'None' }, freshName('docs')))).toBe('401/40103');
  });

  test('401/40103 also for a token that cannot be one', async () => {
    const reply = await daPush({ token: '<property object at 0x7f3a5c0d1e50>' }, freshName('docs'));
    expect(codes(reply)).toBe('401/40103');
  });
});
