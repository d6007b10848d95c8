import { expect, test } from 'vitest';
import { PLAIN_EXECUTOR, zipOf } from '#lib/testing/executor-zip.ts';
import { freshName } from '../artifacts.ts';
import { codes, dataOf, rpc } from '../client.ts';
import { linesOf, pushedExecutor, sendPush } from '../executor-push.ts';
import { MAX_UPLOAD_BYTES } from '../limits.ts';
import { multipart } from '../multipart.ts';
import { newPerson, rowsOf } from '../people.ts';
import { shape } from '../shape.ts';

const alice = await newPerson('alice');
const bob = await newPerson('bob');

/** A text without what differs from run to run. */
const redacted = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(alice.name, '<alice>')
      .replaceAll(/\b[0-9a-f]{24}\b/g, '<commit>')
      .replaceAll(/"id":"[0-9a-z]{8}"/g, '"id":"<id>"')
      .replaceAll(/"_id":"[0-9a-z]{8}"/g, '"_id":"<id>"')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, '<request>')
      .replaceAll(/-[0-9a-f]{12}\b/g, '-<random>'),
  );

test('success: a stream of lines, each on its own, that ends with what was pushed', async () => {
  const reply = await sendPush(alice, { id: freshName('Executor'), tags: 'v1,latest' });
  expect(reply.status).toBe(200);
  expect(reply.headers).toMatchObject({
    'content-type': 'application/x-ndjson; charset=UTF-8',
    'transfer-encoding': 'chunked',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  // How many are before it is said only while others push.
  const lines = linesOf(reply).filter(({ subject }) => subject !== 'queue');
  expect(redacted(lines)).toMatchSnapshot();
});

test('success: without a name the package’s own counts', async () => {
  const carol = await newPerson('carol');
  const reply = await sendPush(carol, {});
  expect(linesOf(reply).at(-1)?.payload).toMatchObject({ name: 'MyExecutor', owner: { name: carol.name } });
});

test('success: the same name is the same Executor, whose visibility stays unless it is said', async () => {
  const id = freshName('again');
  const first = await pushedExecutor(alice, { id, private: 'True' });
  const files = { ...PLAIN_EXECUTOR, 'README.md': 'more' };
  const second = await pushedExecutor(alice, { id, private: 'False' }, { files });
  expect(second).toMatchObject({ id: first.id, visibility: 'private', commit: { tags: ['latest'] } });
  expect(second.commit.id).not.toBe(first.commit.id);
  const third = await pushedExecutor(alice, { id: first.id, private: 'False', public: 'True' }, { files });
  expect(third).toMatchObject({ id: first.id, name: id, visibility: 'public' });
});

test('success: a new one is public where nothing is said', async () => {
  expect(await pushedExecutor(alice, { private: 'False' })).toMatchObject({ visibility: 'public' });
});

test('success: a push leaves a task, which says the same again', async () => {
  const id = freshName('task');
  const pushed = await pushedExecutor(alice, { id });
  const form: [string, string][] = [
    ['id', id],
    ['sort', '-createdAt'],
    ['pageSize', '1'],
  ];
  const tasks = await rpc('executor.listAsyncTasks', { token: alice.token, form });
  expect(redacted(shape(tasks))).toMatchSnapshot();
  const [task] = dataOf<{ _id: string }[]>(tasks);
  const input = { id: task?._id, replay: 'True', verbose: 'True' };
  const progress = await rpc('executor.queryProgress', { token: alice.token, json: input });
  const lines = linesOf(progress);
  expect(lines.at(-1)).toMatchObject({ type: 'report', status: 'succeeded', result: pushed });
  const numbers = lines.filter(({ type }) => type === 'progress').map(({ data }) => data?.sn);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test('refused before the stream: what is known at once, as lines that old clients read', async () => {
  const nobody = await sendPush({}, { id: freshName('nobody') });
  expect(codes(nobody)).toBe('401/40103');
  expect(JSON.parse(nobody.bytes.toString())).toMatchObject({ type: 'error', subject: 'request' });
  const cases: [string, Record<string, string>, string][] = [
    ['another namespace', { id: `${bob.name}/theirs` }, '403/40301'],
    ['both visibilities', { public: 'True', private: 'True' }, '400/40001'],
    ['a tag with a slash', { tags: 'a/b' }, '400/40001'],
    ['a platform that is none', { platform: 'windows' }, '400/40001'],
    ['a Dockerfile elsewhere', { dockerfile: '../Dockerfile' }, '400/40001'],
    ['a build variable that is no text', { buildEnv: '{"A": 1}' }, '400/40001'],
    ['a wrong MD5', { md5sum: '0'.repeat(32) }, '400/40003'],
    ['a name with a slash', { id: 'no/namespace' }, '400/40001'],
  ];
  for (const [what, fields, code] of cases)
    expect([what, codes(await sendPush(alice, { id: freshName('refused'), ...fields }))]).toEqual([
      what,
      code,
    ]);
  const noZip = await sendPush(
    alice,
    { id: freshName('refused') },
    { bytes: Buffer.from('no zip at all, really') },
  );
  expect(codes(noZip)).toBe('400/40004');
});

test('refused: more than one upload may have, and one that is cut; nothing is half made of either', async () => {
  const id = freshName('large');
  const large = Buffer.concat([await zipOf(PLAIN_EXECUTOR), Buffer.alloc(MAX_UPLOAD_BYTES)]);
  expect(codes(await sendPush(alice, { id }, { bytes: large }))).toBe('413/41301');
  const { type, body } = multipart(
    [
      { name: 'id', value: id },
      { name: 'file', filename: 'filename', value: await zipOf(PLAIN_EXECUTOR) },
    ],
    { close: false },
  );
  const cut = await rpc('executor.push', {
    token: alice.token,
    headers: { 'content-type': type },
    body: body.subarray(0, -100),
  });
  expect(codes(cut)).toBe('400/40003');
  expect(await rowsOf('SELECT FROM task WHERE name = $1', [id])).toEqual([]);
  expect(await rowsOf('SELECT FROM executor WHERE name = $1', [id])).toEqual([]);
});

test('refused in the stream: a package without an Executor, in the code for which clients have a hint', async () => {
  const id = freshName('empty');
  const last = linesOf(await sendPush(alice, { id }, { files: { 'README.md': 'nothing' } })).at(-1);
  expect(last).toMatchObject({
    type: 'error',
    subject: 'normalize',
    payload: { status: 42205, service: 'normalizer', err: { code: 4000 } },
  });
  expect(codes(await rpc('executor.getMeta', { token: alice.token, json: { id } }))).toBe('404/40403');
  expect(await rowsOf('SELECT FROM executor WHERE name = $1', [id])).toEqual([]);
});

test('refused in the stream: a protected tag stays where it is, and nothing else moves', async () => {
  const id = freshName('protected');
  const first = await pushedExecutor(alice, { id, immutableTags: 'v1', tags: 'latest' });
  const files = { ...PLAIN_EXECUTOR, 'README.md': 'more' };
  const last = linesOf(await sendPush(alice, { id, tags: 'latest,v1' }, { files })).at(-1);
  expect(last).toMatchObject({ type: 'error', payload: { status: 40301 } });
  for (const tag of ['v1', 'latest']) {
    const meta = await rpc('executor.getMeta', { token: alice.token, json: { id, tag } });
    expect(dataOf(meta)).toMatchObject({ commit: { id: first.commit.id } });
  }
});

test('what no database can hold is kept in other signs, and a failure says what failed', async () => {
  const docstring = "'a \\0 and half of \\ud83d'";
  const program = String(PLAIN_EXECUTOR['executor.py']).replace(
    'MyExecutor(Executor):',
    `MyExecutor(Executor):\n    ${docstring}\n`,
  );
  const files = {
    ...PLAIN_EXECUTOR,
    'executor.py': program,
    'README.md': 'read\0me',
    'requirements.txt': '# a\0b\n',
  };
  expect(await pushedExecutor(alice, {}, { files })).toMatchObject({ commit: { tags: ['latest'] } });
  const broken = { ...PLAIN_EXECUTOR, 'config.yml': 'jtype: MyExecutor\npy_modules: "a\\0.py"\n' };
  const last = linesOf(await sendPush(alice, { id: freshName('broken') }, { files: broken })).at(-1);
  expect(last).toMatchObject({ type: 'error', payload: { status: 42205 } });
});

test('keywords without end are cut, and the push says so', async () => {
  const keywords = Array.from({ length: 1000 }, (_, index) => `${index}${'x'.repeat(20)}`).join(', ');
  const files = {
    ...PLAIN_EXECUTOR,
    'config.yml': `${PLAIN_EXECUTOR['config.yml']}  keywords: [${keywords}]\n`,
  };
  const lines = linesOf(
    await sendPush(alice, { id: freshName('Keywords'), private: 'False', public: 'True' }, { files }),
  );
  expect(lines.at(-1)?.type).toBe('complete');
  expect(lines.find(({ type }) => type === 'warning')?.message).toContain(
    'Of the keywords the first 50 count',
  );
});

test('nothing secret is told: the build’s values are in no event, no row and no answer', async () => {
  const id = freshName('sealed');
  const value = 'correct-horse-battery';
  const files = {
    ...PLAIN_EXECUTOR,
    'requirements.txt': `git+https://\${SECRET}@example.org/x.git\n# ${value}\n`,
  };
  const reply = await sendPush(alice, { id, buildEnv: JSON.stringify({ SECRET: value }) }, { files });
  expect(linesOf(reply).at(-1)?.type).toBe('complete');
  expect(reply.bytes.toString()).not.toContain(value);
  const rows = await rowsOf(
    'SELECT t.*, e.event FROM task t JOIN task_event e ON e.task_id = t.id WHERE t.name = $1',
    [id],
  );
  expect(JSON.stringify(rows)).not.toContain(value);
  const pulled = await rpc('executor.getPackage', { token: alice.token, json: { id, include: ['code'] } });
  expect(dataOf(pulled)).toMatchObject({ commit: { commitParams: { buildEnv: { SECRET: '***' } } } });
});
