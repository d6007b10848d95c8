import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { PLAIN_EXECUTOR } from '#lib/testing/executor-zip.ts';
import { freshName } from '../artifacts.ts';
import { codes, dataOf, type Reply, rpc, send } from '../client.ts';
import { pushedExecutor } from '../executor-push.ts';
import { fromAnywhere, newPerson } from '../people.ts';
import { both, shape } from '../shape.ts';

const alice = await newPerson('alice');
const bob = await newPerson('bob');

interface Package {
  id: string;
  commit: { id: string; tags: string[] };
  package: { download: string; md5: string; containers: string[] };
}

const ask = (who: { token?: string }, input: object, method = 'executor.getPackage'): Promise<Reply> =>
  rpc(method, {
    token: who.token,
    json: { include: ['code'], rebuildImage: true, ...input },
    headers: fromAnywhere(),
  });

const redacted = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(alice.name, '<alice>')
      .replaceAll(/"(_?id)":"[0-9a-z]{8}"/g, '"$1":"<id>"')
      .replaceAll(/"md5":"[0-9a-f]{32}"/g, '"md5":"<md5>"'),
  );

test('success: everything that clients read, and a zip that is exactly what its MD5 says', async () => {
  const id = freshName('Executor');
  await pushedExecutor(alice, { id, tags: 'v1,latest' });
  const reply = await ask(alice, { id: `${alice.name}/${id}`, tag: 'v1' });
  expect(redacted(shape(reply))).toMatchSnapshot();
  const { download, md5 } = dataOf<Package>(reply).package;
  const path = new URL(download).pathname;
  const whole = await send({ path });
  expect(createHash('md5').update(whole.bytes).digest('hex')).toBe(md5);
  const head = await send({ path, method: 'HEAD' });
  expect(head.headers).toMatchObject({
    'content-length': String(whole.bytes.length),
    'accept-ranges': 'bytes',
  });
  const rest = await send({ path, headers: { range: 'bytes=100-' } });
  expect(rest.status).toBe(206);
  expect(rest.bytes).toEqual(whole.bytes.subarray(100));
});

test('success: by id, by name, by both behind the namespace; each is the same commit', async () => {
  const name = freshName('Executor');
  const { id, commit } = await pushedExecutor(alice, { id: name, private: 'False', public: 'True' });
  for (const text of [id, name, `${alice.name}/${name}`, `${alice.name}/${id}`])
    expect(dataOf<Package>(await ask(alice, { id: text }))).toMatchObject({ id, commit: { id: commit.id } });
  for (const text of [id, `${alice.name}/${name}`])
    expect(dataOf<Package>(await ask({}, { id: text }))).toMatchObject({ id });
  expect(codes(await ask(bob, { id: name }))).toBe('404/40403');
});

test('success: the tag that was asked for comes first; without one it is latest, else the newest', async () => {
  const name = freshName('Executor');
  const first = await pushedExecutor(alice, { id: name, tags: 'b,a' });
  const files = { ...PLAIN_EXECUTOR, 'README.md': 'more' };
  const second = await pushedExecutor(alice, { id: name, tags: 'c' }, { files });
  const commitOf = async (input: object) => dataOf<Package>(await ask(alice, { id: name, ...input })).commit;
  expect(await commitOf({ tag: 'b' })).toMatchObject({ id: first.commit.id, tags: ['b', 'a'] });
  expect(await commitOf({})).toMatchObject({ id: second.commit.id, tags: ['c'] });
  await pushedExecutor(alice, { id: name, tags: 'latest' });
  expect(await commitOf({})).toMatchObject({ id: first.commit.id });
  expect(codes(await ask(alice, { id: name, tag: 'nope' }))).toBe('404/40403');
});

test('refused: an image, where this server builds none', async () => {
  const id = freshName('Executor');
  await pushedExecutor(alice, { id });
  const reply = await ask(alice, { id, include: ['code', 'docker'] });
  expect(shape(reply)).toMatchSnapshot();
});

test('a private one is the same as none, to everybody who may not see it, by id and by name', async () => {
  const name = freshName('hidden');
  const { id } = await pushedExecutor(alice, { id: name });
  const full = `${alice.name}/${name}`;
  for (const method of ['executor.getPackage', 'executor.getMeta'])
    for (const who of [bob, {}])
      for (const pair of [
        { hidden: id, absent: '00000000' },
        { hidden: name, absent: `${name.slice(0, -4)}zzzz` },
        { hidden: full, absent: `${full.slice(0, -4)}zzzz` },
      ]) {
        const { hidden, absent } = await both(pair, (text) => ask(who, { id: text }, method));
        expect(hidden).toEqual(absent);
        expect(hidden.status).toBe(who === bob ? 404 : 401);
      }
});

test('getMeta says who owns it, where deploying tools look', async () => {
  const id = freshName('Executor');
  await pushedExecutor(alice, { id });
  const reply = await ask(alice, { id }, 'executor.getMeta');
  expect(redacted(shape(reply))).toMatchSnapshot();
  const alias = await send({
    path: `/v2/executor/getMeta?id=${id}`,
    headers: { authorization: `token ${alice.token}` },
  });
  expect(alias.status).toBe(200);
});

test('a secret opens a private one without a login, and only the right one', async () => {
  const id = freshName('Secret');
  const opened = await pushedExecutor(alice, { id, secret: 'sanity@Check' }, { method: 'executor.update' });
  expect(opened).toMatchObject({ name: id, secret: 'sanity@Check', visibility: 'private' });
  for (const who of [bob, {}]) {
    expect(codes(await ask(who, { id, secret: 'sanity@Check' }))).toBe('200/20000');
    const [wrong, absent] = await Promise.all([
      ask(who, { id, secret: 'wrong' }),
      ask(who, { id: freshName('Secret'), secret: 'wrong' }),
    ]);
    expect(codes(wrong)).toBe(codes(absent));
    expect(wrong.status).not.toBe(200);
  }
});
