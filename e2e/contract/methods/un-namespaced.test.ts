import { afterAll, expect, test } from 'vitest';
import {
  type Artifact,
  bytesBehind,
  detail,
  freshName,
  listedNames,
  push,
  pushed,
  removeAll,
} from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { deleteLegacy, importLegacy } from '../library.ts';
import { newPerson } from '../people.ts';
import { both, shape } from '../shape.ts';

const alice = await newPerson('alice');
const name = freshName('old-docs');
await importLegacy(name, 'from before');
afterAll(async () => {
  await removeAll(alice);
  await deleteLegacy(name);
});

test('success: everybody pulls it by its bare name, by either method, with or without a token', async () => {
  for (const token of [alice.token, undefined]) {
    const reply = await rpc('artifact.getDownloadUrl', { token, via: 'GET', query: { name } });
    expect(await bytesBehind(reply)).toBe('from before');
    const old = await rpc('da.pull', { token, via: 'GET', query: { token: name } });
    expect(await bytesBehind(old)).toBe('from before');
  }
});

test('success: its detail is that of something public without an owner that never expires', async () => {
  const reply = await rpc('artifact.getDetail', { json: { name } });
  expect(shape(reply)).toMatchSnapshot();
  const { _id: id } = dataOf<Artifact>(reply);
  expect(await detail(alice, { id })).toMatchObject({ name, visibility: 'public' });
});

test('an own artifact of the same name wins, and a push of the name goes to the own namespace', async () => {
  const before = dataOf<Artifact>(await rpc('artifact.getDetail', { json: { name } }));
  const own = await pushed(alice, { name }, 'mine');
  expect((await detail(alice, { name }))._id).toBe(own._id);
  expect(dataOf<Artifact>(await rpc('artifact.getDetail', { json: { name } }))).toEqual(before);
  dataOf(await rpc('artifact.delete', { token: alice.token, json: { name } }));
  expect((await detail(alice, { name }))._id).toBe(before._id);
});

test('it is in nobody’s list', async () => {
  expect(await listedNames(alice)).not.toContain(name);
});

test('it is not the caller’s: update, delete and a push over it are 403/40301, and change nothing', async () => {
  const before = await detail(alice, { name });
  const { _id: id } = before;
  const { token } = alice;
  expect(codes(await rpc('artifact.update', { token, json: { id, public: false } }))).toBe('403/40301');
  expect(codes(await rpc('artifact.updateMetaData', { token, json: { id, metaData: '{}' } }))).toBe(
    '403/40301',
  );
  expect(codes(await rpc('artifact.delete', { token, json: { id } }))).toBe('403/40301');
  expect(codes(await rpc('artifact.delete', { token, json: { name } }))).toBe('403/40301');
  expect(dataOf(await rpc('artifact.deleteMany', { token, json: { ids: [id], names: [name] } }))).toEqual({
    deletedCount: 0,
  });
  expect(codes(await push(alice, { id }))).toBe('403/40301');
  expect(await detail(alice, { name })).toEqual(before);
});

test('nobody: update, delete and a push are 401/40103', async () => {
  const { _id: id } = await detail(alice, { name });
  expect(codes(await rpc('artifact.update', { json: { id, public: false } }))).toBe('401/40103');
  expect(codes(await rpc('artifact.delete', { json: { name } }))).toBe('401/40103');
  expect(codes(await push({}, { name }))).toBe('401/40103');
});

test('a name that is not among them is as absent as somebody’s private one', async () => {
  const hidden = await pushed(alice, { name: freshName('private') });
  for (const prefix of ['', `${alice.name}/`]) {
    const pair = { hidden: `${prefix}${hidden.name}`, absent: `${prefix}${freshName('private')}` };
    const replies = await both(pair, (which) => rpc('artifact.getDetail', { json: { name: which } }));
    expect(replies.hidden).toEqual(replies.absent);
    expect(replies.hidden.status).toBe(401);
  }
});

test.each(['_library', '_anonymous', 'library', 'anonymous'])('%s is no namespace', async (slug) => {
  expect(codes(await rpc('artifact.getDetail', { json: { name: `${slug}/${name}` } }))).toBe('401/40103');
  const own = await pushed(alice, { name: `${slug}/${name}` });
  expect(own.name).toBe(`${slug}/${name}`);
});
