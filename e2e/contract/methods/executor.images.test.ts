import { afterAll, expect, test } from 'vitest';
import { removeAll } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { newExecutor, newImage, newRunningPush } from '../executors.ts';
import { newPerson } from '../people.ts';
import { both } from '../shape.ts';

const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

interface Bom {
  spdxVersion: string;
  name: string;
}

const bom = (who: { token?: string }, json: object) => rpc('executor.getBom', { token: who.token, json });
const cancel = (who: { token?: string }, json: object) =>
  rpc('executor.cancelPush', { token: who.token, json });
const states = async () =>
  dataOf<{ _id: string; status: string; message: string | null }[]>(
    await rpc('executor.listAsyncTasks', { token: alice.token, json: {} }),
  );

test('success: what is installed in an image is told by each of its tags, and without one', async () => {
  const executor = await newExecutor(alice, {
    visibility: 'public',
    tags: [{ name: 'latest' }, { name: 'v1' }],
  });
  const rebuilt = await newImage(executor, { rebuiltFor: '3.20.0' });
  const pushed = await newImage(executor);
  const { id, name } = executor;
  for (const input of [{ id }, { id: name, tag: 'v1' }, { id: `${alice.name}/${name}`, tag: pushed }])
    expect(dataOf<Bom>(await bom(alice, input))).toMatchObject({ spdxVersion: 'SPDX-2.3', name: pushed });
  expect(dataOf<Bom>(await bom({}, { id, tag: rebuilt })).name).toBe(rebuilt);
});

test('not there: no image, one that could not be read, a tag of something else', async () => {
  const none = await newExecutor(alice);
  expect(codes(await bom(alice, { id: none.id }))).toBe('404/40403');
  const unread = await newExecutor(alice);
  await newImage(unread, { packages: null });
  expect(codes(await bom(alice, { id: unread.id }))).toBe('404/40403');
  const other = await newExecutor(alice);
  const tag = await newImage(other);
  for (const wrong of [tag, 'absent', 'a/b', '\u0000'])
    expect(codes(await bom(alice, { id: unread.id, tag: wrong })), wrong).toBe('404/40403');
});

test('not visible and not there: the same 404/40403 to the byte', async () => {
  const executor = await newExecutor(alice);
  await newImage(executor);
  const boms = await both({ hidden: executor.id, absent: '00000000' }, (id) => bom(bob, { id }));
  expect(boms.hidden).toEqual(boms.absent);
  expect(boms.hidden.status).toBe(404);
  const task = await newRunningPush(alice);
  const pushes = await both({ hidden: task, absent: '0'.repeat(24) }, (id) => cancel(bob, { id }));
  expect(pushes.hidden).toEqual(pushes.absent);
  expect(pushes.hidden.status).toBe(404);
});

test('success: a push that runs is cancelled once, and says by whom', async () => {
  const id = await newRunningPush(alice);
  const reply = await cancel(alice, { id });
  expect(codes(reply)).toBe('200/20000');
  expect(dataOf(reply)).toBeNull();
  const task = (await states()).find(({ _id }) => _id === id);
  expect(task).toMatchObject({ status: 'failed', message: `${alice.name} cancelled this push.` });
  expect(codes(await cancel(alice, { id }))).toBe('403/40301');
});

test('invalid, and no token', async () => {
  for (const json of [{}, { id: [{}] }]) {
    expect(codes(await cancel(alice, json))).toBe('400/40001');
    expect(codes(await bom(alice, json))).toBe('400/40001');
  }
  const { id } = await newExecutor(alice);
  expect(codes(await bom({}, { id }))).toBe('401/40103');
  for (const task of [await newRunningPush(alice), '0'.repeat(24)])
    expect(codes(await cancel({}, { id: task }))).toBe('401/40103');
});
