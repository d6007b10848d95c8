import { createHash } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { addUser } from '#lib/testing/admin.ts';
import { PLAIN_EXECUTOR, zipOf } from '#lib/testing/executor-zip.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

/** Takes pushes; another process works on them. */
let web: TestServer;
let worker: TestServer | null = null;
let database: pg.Client;
let token: string;
let count = 0;

const temporary = makeTemporaryFolder();
const PATIENT = { timeout: 30_000, interval: 50 };
const NAME = 'Killed';

async function startWorker(): Promise<void> {
  worker = await startTestServer({ ROLE: 'worker', DATABASE_URL: web.databaseUrl, DATA_DIR: web.dataDir });
}

async function killWorker(): Promise<void> {
  await worker?.kill();
  worker = null;
  // As if the time had passed after which a worker that says nothing is taken to be dead.
  await database.query(
    "UPDATE task SET lease_until = now() - interval '1 second' WHERE ended_at IS NULL AND state = 'running'",
  );
}

beforeAll(async () => {
  web = await startTestServer({ ROLE: 'web', DATA_DIR: path.join(temporary.folder, 'data') });
  token = await addUser({ DATA_DIR: web.dataDir }, 'mira');
  database = new pg.Client({ connectionString: web.databaseUrl });
  await database.connect();
});

afterAll(async () => {
  await database.end();
  await worker?.stop();
  await web.stop();
  temporary.remove();
});

async function call(method: string, json: object): Promise<{ status: number; text: string }> {
  const reply = await fetch(`${web.url}/v2/rpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `token ${token}` },
    body: JSON.stringify(json),
  });
  return { status: reply.status, text: await reply.text() };
}

/** Sends a push of a folder that nobody has pushed yet; the id of its task. */
async function send(method = 'executor.createAsync'): Promise<string> {
  count += 1;
  const zip = await zipOf({ ...PLAIN_EXECUTOR, 'README.md': `push ${count}` });
  const form = new FormData();
  form.set('id', NAME);
  form.set('md5sum', createHash('md5').update(zip).digest('hex'));
  form.set('file', new Blob([new Uint8Array(zip)]));
  const reply = await fetch(`${web.url}/v2/rpc/${method}`, {
    method: 'POST',
    headers: { authorization: `token ${token}` },
    body: form,
  });
  const { data } = (await reply.json()) as { data: { _id: string } };
  return data._id;
}

/** The commit that clients get; null when there is none. */
async function currentCommit(): Promise<string | null> {
  const { status, text } = await call('executor.getMeta', { id: NAME });
  return status === 200 ? JSON.parse(text).data.commit.id : null;
}

/** How the task says that it ended. */
async function lastReport(id: string): Promise<{ status: string; result?: { commit: { id: string } } }> {
  const { text } = await call('executor.queryProgress', { id, replay: true });
  return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');
}

/** Whether the worker is where another connection holds it up. */
async function untilHeldUp(): Promise<void> {
  const waits = async () => {
    const { rows } = await database.query(
      "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
    );
    return rows.length > 0;
  };
  await vi.waitUntil(waits, PATIENT);
}

async function untilTold(task: string, type: string, subject: string): Promise<void> {
  const isTold = async () => {
    const { rows } = await database.query(
      `SELECT FROM task_event WHERE task_id = $1 AND event->>'type' = $2 AND event->>'subject' = $3`,
      [task, type, subject],
    );
    return rows.length > 0;
  };
  await vi.waitUntil(isTold, PATIENT);
}

/** Holds rows until `body` is over, which waits until the worker is held up by them. */
async function holding(statement: string, body: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: web.databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(statement);
    await body();
  } finally {
    await client.end();
  }
}

async function expectNothingLeft(): Promise<void> {
  const { rows } = await database.query(
    `SELECT (SELECT count(*) FROM task WHERE ended_at IS NULL)::int AS open,
       (SELECT count(*) FROM blob b WHERE state <> 'doomed' AND NOT EXISTS (SELECT FROM executor_commit c WHERE c.blob_id = b.id))::int AS stray,
       (SELECT used_bytes - (SELECT coalesce(sum(size_bytes), 0) FROM executor_commit) FROM namespace_usage u
         JOIN namespace n ON n.id = u.namespace_id WHERE n.slug = 'mira')::int AS unbooked`,
  );
  expect(rows[0]).toEqual({ open: 0, stray: 0, unbooked: 0 });
}

/** Kills the worker at a moment, starts another one, and holds what the task says against what clients get. */
async function killAt(reach: (task: string) => Promise<void>): Promise<void> {
  const before = await currentCommit();
  const task = await send();
  await reach(task);
  expect([before, null]).toContain(await currentCommit());
  await startWorker();
  const report = await lastReport(task);
  expect(report.status).toBe('succeeded');
  expect(await currentCommit()).toBe(report.result?.commit.id);
  expect(await currentCommit()).not.toBe(before);
  // What a dead worker stored halfway goes when its lease is over, as any upload's does.
  await database.query(
    "UPDATE blob SET state = 'doomed', doomed_at = '-infinity' WHERE state = 'provisional'",
  );
  await expectNothingLeft();
  await worker?.stop();
  worker = null;
}

const held = (statement: string) => async () => {
  await holding(statement, async () => {
    await startWorker();
    await untilHeldUp();
    await killWorker();
  });
};
const told = (type: string, subject: string) => async (task: string) => {
  await startWorker();
  await untilTold(task, type, subject);
  await killWorker();
};

it.each([
  ['before anybody works on it', async () => {}],
  ['as soon as it works on it', told('init', 'createExecutor')],
  ['while it reads the zip', told('start', 'extractZip')],
  ['while it reads the program', told('start', 'normalize')],
  ['before it stores the package', held('SELECT FROM namespace FOR UPDATE')],
  ['in the commit, before anything is written', held('LOCK TABLE executor IN EXCLUSIVE MODE')],
  ['in the commit, before the tags', held('LOCK TABLE executor_tag IN EXCLUSIVE MODE')],
  ['in the commit, before it is charged', held('SELECT FROM namespace_usage FOR UPDATE')],
])('kill -9 of the worker %s: the task ends truthfully, by the next worker', async (_name, reach) => {
  await killAt(reach);
});

it('kill -9 of the server while a client listens: the work goes on, and its status tells how it ended', async () => {
  const before = await currentCommit();
  const task = await holdingTask(async () => {
    await web.kill();
    web = await startTestServer({ ROLE: 'web', DATA_DIR: web.dataDir });
  });
  const report = await lastReport(task);
  expect(report.status).toBe('succeeded');
  expect(await currentCommit()).toBe(report.result?.commit.id);
  expect(await currentCommit()).not.toBe(before);
  await expectNothingLeft();
});

/** A push whose client listens and whose worker is held up while `body` runs; the id of its task. */
async function holdingTask(body: () => Promise<void>): Promise<string> {
  let task = '';
  await startWorker();
  await holding('SELECT FROM namespace_usage FOR UPDATE', async () => {
    const answer = send('executor.push').catch(() => null);
    await untilHeldUp();
    const { rows } = await database.query('SELECT id FROM task WHERE ended_at IS NULL');
    task = rows[0]?.id;
    await body();
    await answer;
  });
  return task;
}

it('a push whose worker dies three times fails, with the reason, and the Executor is as before', async () => {
  await worker?.stop();
  worker = null;
  const before = await currentCommit();
  const task = await send();
  for (let attempt = 0; attempt < 3; attempt += 1) await held('SELECT FROM namespace_usage FOR UPDATE')();
  await startWorker();
  const { text } = await call('executor.queryProgress', { id: task, replay: true });
  expect(text.trimEnd().split('\n').at(-1)).toContain(
    'The server or its database stopped 3 times while it worked on this.',
  );
  expect(await currentCommit()).toBe(before);
  await database.query(
    "UPDATE blob SET state = 'doomed', doomed_at = '-infinity' WHERE state = 'provisional'",
  );
  await expectNothingLeft();
});
