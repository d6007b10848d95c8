import { afterAll, expect, test } from 'vitest';
import { removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { newExecutor } from '../executors.ts';
import { newPerson } from '../people.ts';
import { both, shape } from '../shape.ts';

const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

const as = (who: { token: string }, method: string, json: object) =>
  rpc(`executor.${method}`, { token: who.token, json });

/** Without what differs from run to run. */
function plain(data: unknown, { id, name, commit }: { id: string; name: string; commit: string }): unknown {
  const text = JSON.stringify(data)
    .replaceAll(id, '<id>')
    .replaceAll(name, '<name>')
    .replaceAll(commit, '<commit>');
  return JSON.parse(text.replaceAll(alice.name, '<alice>'));
}

test('success: access, tags, the trash and back', async () => {
  const executor = await newExecutor(alice);
  const { id, name, commit } = executor;
  const shaped = async (method: string, json: object) =>
    plain(shape(await as(alice, method, json)), executor);
  expect(await shaped('setVisibility', { id, public: true })).toMatchSnapshot('setVisibility');
  expect(await shaped('setTag', { id: name, tag: 'v1', commit, isProtected: true })).toMatchSnapshot(
    'setTag',
  );
  expect(codes(await as(alice, 'deleteTag', { id, tag: 'v1' }))).toBe('403/40301');
  expect(codes(await as(alice, 'setTag', { id, tag: 'v1', isProtected: false }))).toBe('200/20000');
  expect(await shaped('deleteTag', { id: `${alice.name}/${name}`, tag: 'v1' })).toMatchSnapshot('deleteTag');
  expect(await shaped('delete', { id: name })).toMatchSnapshot('delete');
  expect(codes(await as(alice, 'delete', { id }))).toBe('404/40403');
  expect(await shaped('restore', { id })).toMatchSnapshot('restore');
  expect(await shaped('deleteMany', { ids: [id, name, 'absent'] })).toMatchSnapshot('deleteMany');
  expect(await shaped('purge', { ids: [id] })).toMatchSnapshot('purge');
  expect(codes(await as(alice, 'restore', { id }))).toBe('404/40403');
});

test('not visible and not there: the same 404/40403 to the byte, by id and by name', async () => {
  const { id, name, commit } = await newExecutor(alice);
  const pairs = [
    { hidden: id, absent: '00000000' },
    { hidden: `${alice.name}/${name}`, absent: `${alice.name}/${name.slice(0, -4)}zzzz` },
  ];
  const calls: [string, object][] = [
    ['setVisibility', { public: true }],
    ['setTag', { tag: 'v1', commit }],
    ['deleteTag', { tag: 'latest' }],
    ['delete', {}],
    ['restore', {}],
  ];
  for (const pair of pairs)
    for (const [method, input] of calls) {
      const { hidden, absent } = await both(pair, (which) => as(bob, method, { id: which, ...input }));
      expect(hidden).toEqual(absent);
      expect(hidden.status).toBe(404);
    }
  expect(dataOf(await as(bob, 'deleteMany', { ids: [id] }))).toEqual({ deletedCount: 0 });
});

test('invalid: what is missing, and what cannot be a tag', async () => {
  const { id, commit } = await newExecutor(alice);
  for (const [method, json] of [
    ['setVisibility', { id }],
    ['setVisibility', { public: true }],
    ['setTag', { id, tag: 'a/b', commit }],
    ['setTag', { id }],
    ['deleteTag', { id }],
    ['delete', {}],
    ['deleteMany', { ids: [{}] }],
    ['purge', { ids: Array.from({ length: 1001 }, () => id) }],
  ] as [string, object][])
    expect(codes(await as(alice, method, json)), JSON.stringify([method, json])).toBe('400/40001');
});

test('no token: 401/40103, there or not', async () => {
  const { id } = await newExecutor(alice, { visibility: 'public' });
  for (const method of ['setVisibility', 'setTag', 'deleteTag', 'delete', 'deleteMany', 'restore', 'purge'])
    for (const which of [id, '00000000'])
      expect(codes(await rpc(`executor.${method}`, { json: { id: which } }))).toBe('401/40103');
});
