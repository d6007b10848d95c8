import { expect, test } from 'vitest';
import { PLAIN_EXECUTOR, zipOf } from '#lib/testing/executor-zip.ts';
import { freshName } from '../artifacts.ts';
import { codes, dataOf, type Reply, rpc, send } from '../client.ts';
import { linesOf, type Payload, sendPush } from '../executor-push.ts';
import { multipart } from '../multipart.ts';
import { fromAnywhere, newPerson, rowsOf } from '../people.ts';

const CHANGED = { ...PLAIN_EXECUTOR, 'README.md': 'more' };

const CONFIG = 'jtype: MyExecutor\npy_modules:\n  - executor.py\nmetas:\n  name: NAME\n';

/** jina 3.0 to 3.4: no token, and what it reads hard. */
async function create(fields: Record<string, string>): Promise<Payload> {
  const reply = await sendPush({}, fields, { method: 'executor.create', headers: fromAnywhere() });
  const last = linesOf(reply).at(-1);
  if (!last?.payload || last.type !== 'complete') throw new Error(JSON.stringify(last));
  return last.payload;
}

test('a push without a token makes an Executor with a secret, which everybody finds by its name', async () => {
  const id = freshName('Anonymous');
  const made = await create({ id, private: 'False', public: 'True' });
  expect(made).toMatchObject({ name: id, visibility: 'public', secret: expect.stringMatching(/^\w{40,}$/) });
  expect(made.owner).toBeUndefined();
  const pulled = await rpc('executor.getPackage', { json: { id, include: ['code'] } });
  expect(dataOf(pulled)).toMatchObject({ id: made.id });
});

test('only its secret updates it, whoever pushes, and only its secret opens it when it is private', async () => {
  const id = freshName('Anonymous');
  const { secret = '' } = await create({ id });
  const update = { method: 'executor.update', files: CHANGED, headers: fromAnywhere() };
  expect(codes(await sendPush({}, { id, secret: 'wrong' }, update))).toBe('403/40301');
  expect(codes(await sendPush({}, { id: freshName('none') }, update))).toBe('401/40103');
  expect(linesOf(await sendPush({}, { id, secret }, update)).at(-1)?.type).toBe('complete');
  const open = (input: object) =>
    rpc('executor.getPackage', { json: { id, ...input }, headers: fromAnywhere() });
  expect(codes(await open({ secret }))).toBe('200/20000');
  expect(codes(await open({}))).toBe('401/40103');
  const mallory = await newPerson('mallory');
  const last = linesOf(await sendPush(mallory, { id, secret: 'mine' }, { method: 'executor.create' })).at(-1);
  expect(last?.payload?.status).toBe(42202);
});

test('no stranger takes over what was pushed without a token: not by its name, by no secret, nor by its package', async () => {
  const name = freshName('Mine');
  const { id = '', commit } = await create({ id: name });
  for (const method of ['executor.create', 'executor.push']) {
    const reply = await sendPush({}, { id: name }, { method, files: CHANGED, headers: fromAnywhere() });
    expect(linesOf(reply).at(-1)?.payload?.status).toBe(42202);
  }
  const files = { ...CHANGED, 'config.yml': CONFIG.replace('NAME', name) };
  const reply = await sendPush({}, {}, { method: 'executor.create', files, headers: fromAnywhere() });
  expect(linesOf(reply).at(-1)?.payload?.status).toBe(42202);
  const [row] = await rowsOf<{ commit: string }>(
    'SELECT current_commit_id AS commit FROM executor WHERE id = $1',
    [id],
  );
  expect(row?.commit).toBe(commit.id);
});

test('whether a private one is there cannot be told by a wrong secret', async () => {
  const name = freshName('Hidden');
  await create({ id: name });
  const update = { method: 'executor.update', files: CHANGED, headers: fromAnywhere() };
  for (const id of [name, freshName('Absent')])
    expect(codes(await sendPush({}, { id, secret: 'wrong' }, update))).toBe('403/40301');
});

/** jina 2: other paths and words, and no token. */
async function v1(verb: 'POST' | 'PUT', fields: Record<string, string>): Promise<Reply> {
  const { type, body } = multipart([
    ...Object.entries({ public: 'True', private: 'False', ...fields }).map(([name, value]) => ({
      name,
      value,
    })),
    { name: 'file', filename: 'filename', value: await zipOf(verb === 'PUT' ? CHANGED : PLAIN_EXECUTOR) },
  ]);
  const headers = { 'content-type': type, ...fromAnywhere() };
  return send({ method: verb, path: '/v1/executors', headers, body });
}

interface V1Result {
  statusCode: number;
  message: string;
  data?: { executors: { id: string; secret: string; alias: string; image: string }[] };
}

function resultOf(reply: Reply): V1Result {
  const last = reply.bytes.toString().trimEnd().split('\n').at(-1) ?? '';
  return JSON.parse(last).result;
}

test('jina 2 pushes, replaces and pulls by its own paths', async () => {
  const made = resultOf(await v1('PUT', { force: freshName('Old'), secret: 'a secret of old' }));
  // A name that there is not, and a wrong secret, are the same.
  expect(made.statusCode).toBe(403);
  const { data } = resultOf(await v1('POST', {}));
  const [executor] = data?.executors ?? [];
  expect(executor).toMatchObject({ alias: 'MyExecutor', visibility: 'public' });
  const { id = '', secret = '' } = executor ?? {};
  const again = resultOf(await v1('PUT', { force: id, secret }));
  expect(again).toMatchObject({ statusCode: 201, data: { executors: [{ id, secret }] } });
  const refused = await v1('PUT', { force: id, secret: 'wrong' });
  expect(resultOf(refused).statusCode).toBe(403);
  // It would be taken for progress, and the result for none.
  expect(JSON.parse(refused.bytes.toString())).not.toHaveProperty('status');
  const reply = await send({ path: `/v1/executors/${id}/?secret=${secret}` });
  const pulled = JSON.parse(reply.bytes.toString());
  expect(pulled).toMatchObject({ id, alias: 'MyExecutor', sn: 2, tag: 'latest' });
  const zip = await send({ path: new URL(pulled.package.download).pathname });
  expect(zip.bytes.subarray(0, 2).toString()).toBe('PK');
});
