import { expect, test } from 'vitest';
import { PLAIN_EXECUTOR } from '#lib/testing/executor-zip.ts';
import { freshName } from '../artifacts.ts';
import { codes, dataOf, envelope, rpc } from '../client.ts';
import { linesOf, pushedExecutor, sendPush } from '../executor-push.ts';
import { newPerson } from '../people.ts';
import { shape } from '../shape.ts';

const alice = await newPerson('alice');
const bob = await newPerson('bob');
/** A value without what differs from run to run. */
const redacted = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(alice.name, '<alice>')
      .replaceAll(/"secret":"\w{40,}"/g, '"secret":"<secret>"')
      .replaceAll(/\b[0-9a-f]{24}\b/g, '<id>')
      .replaceAll(/"(_?id)":"[0-9a-z]{8}"/g, '"$1":"<id>"')
      .replaceAll(/-[0-9a-f]{12}\b/g, '-<random>'),
  );
const CHANGED = { ...PLAIN_EXECUTOR, 'README.md': 'more' };

test('create gives a secret, with which somebody else may update, and the owner by any', async () => {
  const id = freshName('Shared');
  const made = await pushedExecutor(alice, { id }, { method: 'executor.create' });
  expect(made.secret).toMatch(/^\w{20,}$/);
  expect(made.owner).toBeUndefined();
  expect(redacted(made)).toMatchSnapshot();
  const update = { method: 'executor.update', files: CHANGED };
  const byBob = await pushedExecutor(bob, { id: made.id, secret: made.secret ?? '' }, update);
  expect(byBob).toMatchObject({ id: made.id, name: id, secret: made.secret });
  expect(byBob.commit.id).not.toBe(made.commit.id);
  const byAlice = await pushedExecutor(alice, { id, secret: 'another one' }, { method: 'executor.update' });
  expect(byAlice).toMatchObject({ id: made.id, secret: 'another one' });
  expect(redacted(byAlice)).toMatchSnapshot();
});

test('a wrong secret is refused before the stream, and changes nothing', async () => {
  const id = freshName('Locked');
  const made = await pushedExecutor(alice, { id }, { method: 'executor.create' });
  const reply = await sendPush(bob, { id, secret: 'wrong' }, { method: 'executor.update', files: CHANGED });
  expect(codes(reply)).toBe('403/40301');
  const meta = await rpc('executor.getMeta', { token: alice.token, json: { id } });
  expect(dataOf(meta)).toMatchObject({ commit: { id: made.commit.id } });
});

test('update of a name that nobody has makes it, with the secret that was given', async () => {
  const id = freshName('New');
  const made = await pushedExecutor(alice, { id, secret: 'mine' }, { method: 'executor.update' });
  expect(made).toMatchObject({ name: id, secret: 'mine' });
});

test('an empty secret is none, and one that could never be checked is refused', async () => {
  const id = freshName('Empty');
  const made = await pushedExecutor(alice, { id, secret: '' }, { method: 'executor.update' });
  expect(made.secret).toBeUndefined();
  const theirs = await sendPush(bob, { id, secret: '' }, { method: 'executor.update', files: CHANGED });
  expect(linesOf(theirs).at(-1)?.payload?.id).not.toBe(made.id);
  const long = await sendPush(alice, { id, secret: 'x'.repeat(1025) }, { method: 'executor.update' });
  expect(codes(long)).toBe('400/40001');
});

test('nobody answers for another’s Executor by making one that is called like its id', async () => {
  const made = await pushedExecutor(
    alice,
    { id: freshName('Real'), secret: 'mine' },
    { method: 'executor.update' },
  );
  const push = { private: 'False', public: 'True', secret: 'theirs' };
  await pushedExecutor(bob, { id: made.id, ...push }, { method: 'executor.push', files: CHANGED });
  const opened = await rpc('executor.getPackage', {
    json: { id: made.id, secret: 'mine', include: ['code'] },
  });
  expect(dataOf(opened)).toMatchObject({ id: made.id, owner: { name: alice.name } });
  const unopened = await rpc('executor.getPackage', { json: { id: made.id, include: ['code'] } });
  expect(codes(unopened)).toBe('401/40103');
});

test('a token that is limited to names learns nothing of others, and may push its own', async () => {
  const hidden = freshName('hidden');
  await pushedExecutor(alice, { id: hidden });
  const reply = await rpc('user.pat.create', {
    token: alice.session,
    json: { name: freshName('ci'), namePattern: 'ci-*' },
  });
  const { token } = dataOf<{ token: string }>(reply);
  for (const id of [hidden, freshName('absent')])
    expect(codes(await sendPush({ token }, { id }))).toBe('403/40301');
  expect(linesOf(await sendPush({ token }, { id: freshName('ci') })).at(-1)?.type).toBe('complete');
});

test('a name that is everybody’s already is taken, and nothing is made', async () => {
  const id = freshName('Taken');
  await pushedExecutor(alice, { id }, { method: 'executor.create' });
  const last = linesOf(await sendPush(bob, { id }, { method: 'executor.create' })).at(-1);
  expect(last).toMatchObject({ type: 'error', payload: { status: 42202 } });
  expect(codes(await rpc('executor.getMeta', { token: bob.token, json: { id } }))).toBe('404/40403');
});

test.each(['executor.createAsync', 'executor.updateAsync'])(
  '%s answers with its task, on one line, and the work goes on',
  async (method) => {
    const id = freshName('Async');
    const reply = await sendPush(alice, { id }, { method });
    const { code, status, data } = envelope(reply);
    expect([reply.status, code, status]).toEqual([202, 202, 20200]);
    expect(reply.bytes.toString().trimEnd()).not.toContain('\n');
    expect(redacted(data)).toMatchSnapshot();
    const task = data as { _id: string; status: string };
    const progress = await rpc('executor.queryProgress', { token: alice.token, json: { id: task._id } });
    expect(linesOf(progress).at(-1)).toMatchObject({
      type: 'report',
      status: 'succeeded',
      result: { name: id, owner: { name: alice.name } },
    });
  },
);

test('a task of somebody else’s is the same as none', async () => {
  const reply = await sendPush(alice, { id: freshName('Mine') }, { method: 'executor.createAsync' });
  const { _id } = envelope(reply).data as { _id: string };
  await rpc('executor.queryProgress', { token: alice.token, json: { id: _id } });
  for (const id of [_id, '0'.repeat(24), 'x'])
    expect(codes(await rpc('executor.queryProgress', { token: bob.token, json: { id } }))).toBe('404/40403');
  const carol = await newPerson('carol');
  expect(dataOf(await rpc('executor.listAsyncTasks', { token: carol.token }))).toEqual([]);
});

test('there are no sandboxes', async () => {
  const input = {
    name: 'alice/MyExecutor',
    tag: 'latest',
    jina: '3.15.0',
    args: { port: null },
    secret: null,
  };
  expect(shape(await rpc('sandbox.get', { token: alice.token, json: input }))).toMatchSnapshot();
  expect(shape(await rpc('sandbox.create', { token: alice.token, json: input }))).toMatchSnapshot();
});
