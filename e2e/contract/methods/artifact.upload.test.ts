import { createHash } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import {
  type Artifact,
  detail,
  downloadPath,
  freshName,
  push,
  pushed,
  pushParts,
  removeAll,
} from '../artifacts.ts';
import { codes, dataOf, rpc, send } from '../client.ts';
import { multipart } from '../multipart.ts';
import { newPerson } from '../people.ts';
import { both, shape } from '../shape.ts';

const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

async function bytesOf(id: string): Promise<string> {
  return (await send({ path: await downloadPath(alice, { id }) })).bytes.toString();
}

test('success: docarray’s form, the file first, chunked, without a length', async () => {
  const metaData = '{"branding": null, "summary": [{"description": "", "name": "Length", "value": 3}]}';
  const fields = { name: freshName('docs'), type: 'documentArray', public: 'True', metaData };
  const reply = await push(alice, fields, 'pushed bytes');
  expect(shape(reply)).toMatchSnapshot();
  const artifact = dataOf<Artifact>(reply);
  expect(artifact.sha256).toBe(createHash('sha256').update('pushed bytes').digest('hex'));
  expect(await detail(alice, { id: artifact._id })).toEqual(artifact);
  expect(await bytesOf(artifact._id)).toBe('pushed bytes');
});

test('success: the SDK’s form, the file second, with a length, unnamed and without metadata', async () => {
  const { type, body } = multipart([
    { name: 'public', value: 'False' },
    { name: 'file', filename: 'file', value: 'sdk' },
  ]);
  const reply = await rpc('artifact.upload', { token: alice.token, headers: { 'content-type': type }, body });
  expect(shape(reply)).toMatchSnapshot();
  expect(await bytesOf(dataOf<Artifact>(reply)._id)).toBe('sdk');
});

test('success: HubIO’s order, the file last', async () => {
  const name = freshName('last');
  const reply = await pushParts(alice, [
    { name: 'name', value: name },
    { name: 'file', filename: 'whatever.bin', value: 'last' },
  ]);
  expect(dataOf(reply)).toMatchObject({ name, visibility: 'private', size: 4 });
});

test('success: the same name replaces bytes, keeps the id, and what is unsaid stays', async () => {
  const name = freshName('again');
  const first = await pushed(alice, { name, type: 'documentArray', public: 'true' }, 'old');
  const second = await pushed(alice, { name }, 'newer');
  expect(second).toMatchObject({ _id: first._id, visibility: 'public', type: 'documentArray', size: 5 });
  expect(second.createdAt).toBe(first.createdAt);
  expect(Date.parse(second.updatedAt)).toBeGreaterThan(Date.parse(first.updatedAt));
  expect(await bytesOf(first._id)).toBe('newer');
  const third = await pushed(alice, { name: `${alice.name}/${name}`, type: 'other', public: '0' }, 'newest');
  expect(third).toMatchObject({ _id: first._id, name, visibility: 'private', type: 'other' });
});

test('success: by id it replaces that artifact and may rename it', async () => {
  const first = await pushed(alice, { name: freshName('by-id') }, 'old');
  expect(await pushed(alice, { id: first._id }, 'new')).toMatchObject({ _id: first._id, name: first.name });
  const name = freshName('renamed');
  expect(await pushed(alice, { id: first._id, name }, 'new')).toMatchObject({ _id: first._id, name });
  expect(codes(await rpc('artifact.getDetail', { token: alice.token, json: { name: first.name } }))).toBe(
    '404/40403',
  );
});

test('success: an own name with a slash wins over a namespace, and no namespace means a plain name', async () => {
  const plain = await pushed(alice, { name: `nobody-of-this-name/${freshName('x')}` });
  expect((await detail(alice, { name: String(plain.name) }))._id).toBe(plain._id);
});

test.each([
  ['a name of 256 bytes', { name: 'ü'.repeat(128) }],
  ['an empty name', { name: '' }],
  ['a line break in the name', { name: 'line\nbreak' }],
  ['a NUL in the name', { name: 'nul\0' }],
  ['an empty name in the own namespace', { name: 'OWN/line\rbreak' }],
  ['public that is neither true nor false', { public: 'perhaps' }],
])('invalid: %s', async (_what, fields) => {
  const own = Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value.replace('OWN', alice.name)]),
  );
  expect(codes(await push(alice, own))).toBe('400/40001');
});

test('invalid: bytes of a name that are no UTF-8', async () => {
  const parts = [
    { name: 'file', filename: 'x', value: 'x' },
    { name: 'name', value: Buffer.from([0x61, 0xff, 0xfe]) },
  ];
  expect(codes(await pushParts(alice, parts))).toBe('400/40001');
});

test('no token: 401/40103, whatever is pushed', async () => {
  const reply = await push({}, { name: freshName('anonymous'), type: 'documentArray' });
  expect(codes(reply)).toBe('401/40103');
  expect(shape(reply)).toMatchSnapshot();
});

test('not allowed: into somebody else’s namespace, and over somebody else’s public artifact', async () => {
  const foreign = await push(alice, { name: `${bob.name}/${freshName('x')}` });
  expect(codes(foreign)).toBe('403/40301');
  const open = await pushed(bob, { name: freshName('open'), public: 'True' });
  expect(codes(await push(alice, { id: open._id }))).toBe('403/40301');
  expect(codes(await push(alice, { name: `${bob.name}/${open.name}` }))).toBe('403/40301');
  expect(await detail(bob, { id: open._id })).toEqual(open);
});

test('not visible and not there: a foreign private id and no id are the same 404/40403 to the byte', async () => {
  const { _id } = await pushed(bob, { name: freshName('private') });
  const { hidden, absent } = await both({ hidden: _id, absent: '0'.repeat(24) }, (id) => push(alice, { id }));
  expect(hidden).toEqual(absent);
  expect(hidden.status).toBe(404);
});
