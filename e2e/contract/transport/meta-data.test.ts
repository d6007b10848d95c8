import { afterAll, describe, expect, test } from 'vitest';
import { type Artifact, detail, freshName, push, pushed, removeAll } from '../artifacts.ts';
import { dataOf, rpc } from '../client.ts';
import { newPerson } from '../people.ts';

const alice = await newPerson('alice');
afterAll(() => removeAll(alice));

test('metadata is an object in replies, and null when there is none', async () => {
  expect((await pushed(alice, {})).metaData).toBeNull();
  expect((await pushed(alice, { metaData: '{}' })).metaData).toEqual({});
});

test('the text is passed through: order, number formats and letters', async () => {
  const text = '{"z":1.50,"a":12345678901234567890,"e":1E5,"u":"\\u6771","text":"东","":{"b":[],"a":null}}';
  const reply = await push(alice, { metaData: text });
  expect(reply.bytes.toString()).toContain(`"metaData":${text}`);
  const { _id: id } = dataOf<Artifact>(reply);
  for (const method of ['artifact.getDetail', 'artifact.list'])
    expect((await rpc(method, { token: alice.token, json: { id } })).bytes.toString()).toContain(
      `"metaData":${text}`,
    );
});

test('text that is not a compact line is still one line in replies', async () => {
  const reply = await push(alice, { metaData: '{\r\n  "a": "line\\nbreak",\n  "b": 2\n}' });
  expect(reply.bytes.includes('\n')).toBe(false);
  expect(dataOf(reply).metaData).toEqual({ a: 'line\nbreak', b: 2 });
});

describe('a replacement', () => {
  const old = '{"summary": [1], "branding": {"icon": "x"}, "version": {"a": 1}, "own": {"n": 1.50}}';

  test('without metadata keeps the other keys and drops summary, branding and version', async () => {
    const name = freshName('kept');
    await pushed(alice, { name, metaData: old }, 'one');
    const reply = await push(alice, { name }, 'two');
    expect(reply.bytes.toString()).toMatch(/"metaData":\{"own":\{"n":1\.50\}\}/);
  });

  test('without metadata and nothing left to keep has none', async () => {
    const name = freshName('none');
    await pushed(alice, { name, metaData: '{"summary": [], "version": {}}' }, 'one');
    expect((await pushed(alice, { name }, 'two')).metaData).toBeNull();
  });

  test('with metadata has just that', async () => {
    const name = freshName('new');
    await pushed(alice, { name, metaData: old }, 'one');
    expect((await pushed(alice, { name, metaData: '{"b": 2}' }, 'two')).metaData).toEqual({ b: 2 });
  });

  test('of the same bytes without metadata changes nothing but the time', async () => {
    const name = freshName('same');
    const first = await pushed(alice, { name, metaData: old }, 'same');
    const second = await pushed(alice, { name }, 'same');
    expect({ ...second, updatedAt: '', expireAt: '' }).toEqual({ ...first, updatedAt: '', expireAt: '' });
  });
});

test('just inside the limits: 64 levels, and nearly 1 MiB', async () => {
  const deep = `${'{"a":'.repeat(64)}1${'}'.repeat(64)}`;
  expect(JSON.stringify((await pushed(alice, { metaData: deep })).metaData)).toBe(deep);
  const long = `{"a":"${'x'.repeat(1_048_576 - 8)}"}`;
  const { _id: id } = await pushed(alice, { metaData: long });
  expect((await detail(alice, { id })).metaData).toEqual(JSON.parse(long));
});
