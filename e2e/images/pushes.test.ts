import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from '#lib/registry/client.ts';
import { runAdmin } from '#lib/testing/admin.ts';
import { zipOf } from '#lib/testing/executor-zip.ts';
import { ensureBaseImage } from './support/base-image.ts';
import { helloNamed } from './support/client.ts';
import { startIndex } from './support/package-index.ts';
import { run } from './support/run.ts';
import { Station } from './support/station.ts';

// Of a jina that there is nowhere else.
const index = await startIndex('jina', '9.9.9');
const station = await Station.start({ BUILD_INDEX_URL: index.url });
const owner = await station.addPerson('alice');
let base: string;

beforeAll(async () => {
  const { name, file } = await ensureBaseImage();
  base = name;
  await runAdmin(station.env, ['image', 'import', name, file]);
});

afterAll(async () => {
  index.stop();
  await station.stop();
});

/** The lines of a Dockerfile on the base image. */
const steps = (...lines: string[]) => ({
  Dockerfile: [`FROM ${base}`, 'COPY . /workspace', ...lines, ''].join('\n'),
});

/** Orders a push, whose stream nobody listens to. @returns the id of its task. */
async function order(name: string, files: Record<string, string>, fields: Record<string, string> = {}) {
  const form = new FormData();
  const parts = { id: name, private: 'True', ...fields };
  for (const [key, value] of Object.entries(parts)) form.set(key, value);
  form.set('file', new Blob([new Uint8Array(await zipOf({ ...helloNamed(name), ...files }))]));
  const headers = {
    authorization: `token ${owner.token}`,
    'jinameta-jina': '3.23.2',
    'jinameta-python': '3.11.2',
  };
  const url = `${station.server.url}/v2/rpc/executor.createAsync`;
  const reply = await fetch(url, { method: 'POST', headers, body: form });
  const { data } = (await reply.json()) as { data: { _id: string } };
  return data._id;
}

async function call(method: string, input: object, jina = '3.23.2') {
  const headers = {
    authorization: `token ${owner.token}`,
    'content-type': 'application/json',
    'jinameta-jina': jina,
  };
  const url = `${station.server.url}/v2/rpc/${method}`;
  const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) });
  return ((await reply.json()) as { data: { _id: string; package: { containers: string[] } } }).data;
}

interface TaskState {
  state: string;
  failure: { kind: string; message: string } | null;
}

async function taskOf(id: string): Promise<TaskState> {
  const [row] = await station.query<TaskState>('SELECT state, failure FROM task WHERE id = $1', [id]);
  return row ?? { state: 'gone', failure: null };
}

const ended = async (id: string, state: string): Promise<TaskState> => {
  const isOver = async () => ['succeeded', 'failed'].includes((await taskOf(id)).state);
  await expect.poll(isOver, { timeout: 200_000, interval: 500 }).toBe(true);
  const task = await taskOf(id);
  expect(task.state, task.failure?.message).toBe(state);
  return task;
};

/** Until the console has said something. */
const untilSaid = (id: string, text: string) =>
  expect
    .poll(
      async () =>
        (
          await station.query(`SELECT FROM task_event WHERE task_id = $1 AND event->>'payload' LIKE $2`, [
            id,
            `%${text}%`,
          ])
        ).length,
      { timeout: 120_000, interval: 200 },
    )
    .toBeGreaterThan(0);

/** The image that a pull of the Executor gets; it is whole. */
async function pullable(name: string): Promise<string> {
  const input = { id: `alice/${name}`, include: ['code', 'docker'], rebuildImage: false };
  const { package: found } = await call('executor.getPackage', input);
  const [, repository = '', tag = ''] = /^[^/]+\/(.+):(.+)$/.exec(found.containers[0] ?? '') ?? [];
  await readManifest(repository, tag);
  return found.containers[0] ?? '';
}

/** Processes that builds have started. */
async function buildsUnderWay(): Promise<string> {
  const { output } = await run(['pgrep', '-af', `${station.server.dataDir}/builds`]);
  return output;
}

describe('a push whose image', () => {
  it('cannot be built fails with the step and its last lines, and the image before it stays', async () => {
    await ended(await order('Fails', {}), 'succeeded');
    const before = await pullable('Fails');
    const { failure } = await ended(await order('Fails', steps('RUN echo this is why && exit 3')), 'failed');
    expect(failure).toMatchObject({ kind: 'build-failed' });
    expect(failure?.message).toContain('Process(docker) exited on non-zero code: 3');
    expect(failure?.message).toContain('this is why');
    expect(await pullable('Fails')).toBe(before);
  });

  it('is being built when the server is killed is built by the next one', async () => {
    const id = await order('Killed', steps('RUN echo has begun && sleep 6'));
    await untilSaid(id, 'has begun');
    await station.restart();
    await ended(id, 'succeeded');
    expect(await pullable('Killed')).toContain('jinahub/');
    expect(await buildsUnderWay()).toBe('');
  });

  it('is being built stops when it is cancelled, and leaves nothing', async () => {
    const id = await order('Cancelled', steps('RUN echo has begun && sleep 300'));
    await untilSaid(id, 'has begun');
    await call('executor.cancelPush', { id });
    const { failure } = await ended(id, 'failed');
    expect(failure?.message).toContain('alice cancelled this push');
    await expect.poll(buildsUnderWay, { timeout: 30_000 }).toBe('');
    expect(await station.query(`SELECT FROM executor WHERE name = 'Cancelled'`)).toEqual([]);
    await ended(await order('Cancelled', {}), 'succeeded');
  });

  it('is built once more has another name, of which each layer is charged once', async () => {
    await ended(await order('Twice', {}), 'succeeded');
    const first = await pullable('Twice');
    const books = () =>
      station.query<{ size: number; used: number }>(
        `SELECT e.size_bytes::float8 AS size, u.used_bytes::float8 AS used FROM executor e
         JOIN namespace_usage u USING (namespace_id) WHERE e.name = 'Twice'`,
      );
    const [before] = await books();
    const { _id } = await call('executor.rebuildImage', { id: 'alice/Twice' });
    await ended(_id, 'succeeded');
    const second = await pullable('Twice');
    expect(second).not.toBe(first);
    const [after] = await books();
    const grown = (after?.size ?? 0) - (before?.size ?? 0);
    expect(grown).toBeLessThan(100_000);
    expect((after?.used ?? 0) - (before?.used ?? 0)).toBe(grown);
  });

  it('is pulled by a client with another jina is built for that first, once', async () => {
    await ended(await order('Other', {}), 'succeeded');
    const first = await pullable('Other');
    const input = { id: 'alice/Other', include: ['code', 'docker'], rebuildImage: true };
    const asked = await Promise.all([1, 2].map(() => call('executor.getPackage', input, '9.9.9')));
    const [one, two] = asked.map((reply) => reply.package.containers[0]);
    expect(one).not.toBe(first);
    expect(two).toBe(one);
    expect(await pullable('Other')).toBe(first);
    const rows = await station.query(
      `SELECT i.jina_version AS jina, bom->'packages' @> '[{"name": "jina", "versionInfo": "9.9.9"}]' AS "hasIt"
       FROM executor_image i JOIN executor e ON e.id = i.executor_id WHERE e.name = 'Other' ORDER BY i.created_at`,
    );
    expect(rows).toEqual([
      { jina: '3.23.2', hasIt: false },
      { jina: '9.9.9', hasIt: true },
    ]);
    const absent = await call('executor.getPackage', input, '9.9.8');
    expect(absent.package.containers).toEqual([first]);
  });

  it('is there goes from the registry when its Executor is deleted for good', async () => {
    await ended(await order('Gone', {}), 'succeeded');
    const [, repository = '', tag = ''] = /^[^/]+\/(.+):(.+)$/.exec(await pullable('Gone')) ?? [];
    await call('executor.delete', { id: 'alice/Gone' });
    await readManifest(repository, tag);
    const [row] = await station.query<{ id: string }>(`SELECT id FROM executor WHERE name = 'Gone'`);
    await call('executor.purge', { ids: [row?.id] });
    const said = () =>
      readManifest(repository, tag).then(
        () => 'it is there',
        (error: Error) => error.message,
      );
    // The housekeeping's turn comes every minute.
    await expect.poll(said, { timeout: 150_000, interval: 1_000 }).toContain('no whole image');
  });
});
