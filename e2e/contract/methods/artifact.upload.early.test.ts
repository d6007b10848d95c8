import { afterAll, expect, test } from 'vitest';
import { type Artifact, EARLY_DOCARRAY, freshName, pushParts, removeAll } from '../artifacts.ts';
import { dataOf } from '../client.ts';
import { newPerson } from '../people.ts';

const alice = await newPerson('alice');
afterAll(() => removeAll(alice));

async function visibility(fields: Record<string, string>, headers: Record<string, string>): Promise<string> {
  const parts = [
    { name: 'file', filename: 'DocumentArray', value: 'bytes' },
    ...Object.entries(fields).map(([name, value]) => ({ name, value })),
  ];
  return dataOf<Artifact>(await pushParts(alice, parts, { headers })).visibility;
}

const type = 'documentArray';

test('docarray 0.11.3 to 0.13.7, which never says it, makes what is new public', async () => {
  expect(await visibility({ name: freshName('new'), type }, EARLY_DOCARRAY)).toBe('public');
});

test('docarray 0.13.8 to 0.18, which always says it, is taken by its word', async () => {
  const headers = { ...EARLY_DOCARRAY, docarray: '0.16.5' };
  expect(await visibility({ name: freshName('said'), type, public: 'False' }, headers)).toBe('private');
  expect(await visibility({ name: freshName('said'), type, public: 'True' }, headers)).toBe('public');
});

test('a replacement that does not say it leaves it as it is', async () => {
  const name = freshName('again');
  expect(await visibility({ name, type, public: 'False' }, {})).toBe('private');
  expect(await visibility({ name, type }, EARLY_DOCARRAY)).toBe('private');
  expect(await visibility({ name, type, public: 'True' }, {})).toBe('public');
  expect(await visibility({ name, type }, EARLY_DOCARRAY)).toBe('public');
});

test.each([
  ['another type', { type: 'other' }, EARLY_DOCARRAY],
  ['no type', {}, EARLY_DOCARRAY],
  ['a client that says nothing of docarray', { type }, {}],
  ['a client that says it with a prefix', { type }, { 'jinameta-docarray': '0.21.0' }],
])('%s stays private where nothing is said', async (_what, fields, headers) => {
  expect(await visibility({ name: freshName('unsaid'), ...fields }, headers)).toBe('private');
});
