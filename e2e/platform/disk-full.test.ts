import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { openPush, pullBytes, pushBytes } from '#lib/testing/client.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { mountSmallDisk, type SmallDisk, whyNoSmallDisk } from '#lib/testing/small-disk.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const MB = 1_000_000;
const NO_ROOM = /^The server has no room left for this\. Tell its administrator, /;
const reason = whyNoSmallDisk();

let home: ReturnType<typeof makeTemporaryFolder>;
let env: { DATA_DIR: string };
let disk: SmallDisk;
let server: TestServer;
let token: string;

beforeEach(() => {
  home = makeTemporaryFolder();
  env = { DATA_DIR: path.join(home.folder, 'data') };
});

afterEach(async () => {
  try {
    await server.stop();
  } finally {
    disk.unmount();
    home.remove();
  }
});

/** Only the blobs are on the small disk; Postgres is beside it. */
async function startOn(size: { bytes: number; files?: number }): Promise<void> {
  disk = mountSmallDisk(path.join(env.DATA_DIR, 'blobs'), size);
  server = await startTestServer(env);
  token = await addUser(env, 'mira');
}

/** Files of blobs, half ones included. */
function blobFiles(): string[] {
  return readdirSync(path.join(env.DATA_DIR, 'blobs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'ballast')
    .map((entry) => entry.name);
}

async function books(): Promise<{ blobs: number; used: number; sum: number }> {
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ blobs: number; sum: number }>(
      `SELECT count(*)::int AS blobs, coalesce(sum(size_bytes), 0)::float8 AS sum FROM blob WHERE state <> 'doomed'`,
    );
    const reply = await fetch(`${server.url}/v2/rpc/artifact.list`, {
      headers: { authorization: `token ${token}` },
    });
    const { data } = (await reply.json()) as { data: { size: number }[] };
    return {
      blobs: rows[0]?.blobs ?? -1,
      sum: rows[0]?.sum ?? -1,
      used: data.reduce((all, { size }) => all + size, 0),
    };
  } finally {
    await client.end();
  }
}

/** A push of bytes that do not fit; its answer must be the one of a full disk. */
async function refusedPush(name: string, bytes: Buffer): Promise<void> {
  const push = openPush(server.url, token, name);
  await push.write(bytes);
  const { status, body } = await push.finish();
  expect({ status, body }).toMatchObject({ status: 503, body: { code: 503, status: 50002, data: null } });
  expect(body.message).toMatch(NO_ROOM);
}

describe.skipIf(reason !== null)(`a disk for blobs that is full${reason ? ` (${reason})` : ''}`, () => {
  it('refuses a push with a sentence, leaves nothing of it, and takes pushes again when there is room', async () => {
    await startOn({ bytes: 12 * MB });
    const [first, second] = [randomBytes(4 * MB), randomBytes(4 * MB)];
    await pushBytes(server.url, token, 'first', first);
    await pushBytes(server.url, token, 'second', second);
    for (const bytes of [5 * MB, 30 * MB]) await refusedPush('third', randomBytes(bytes));
    await refusedPush('first', randomBytes(6 * MB));
    expect(blobFiles()).toHaveLength(2);
    expect(await books()).toEqual({ blobs: 2, used: 8 * MB, sum: 8 * MB });
    expect((await pullBytes(server.url, token, 'first')).equals(first)).toBe(true);
    expect((await pullBytes(server.url, token, 'second')).equals(second)).toBe(true);

    disk.fill();
    for (let count = 0; count < 5; count++) await refusedPush('tiny', Buffer.from('a few bytes'));
    expect(await fetch(`${server.url}/ping`).then((reply) => reply.status)).toBe(200);
    disk.free();
    const third = randomBytes(MB);
    await pushBytes(server.url, token, 'third', third);
    expect((await pullBytes(server.url, token, 'third')).equals(third)).toBe(true);
    expect(await runAdmin(env, ['verify'])).toMatch(/^3 blobs checked, 0 wrong\./);
  });

  it('answers each of several pushes at once by what became of it', async () => {
    await startOn({ bytes: 10 * MB });
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, async (_, at) => {
        const push = openPush(server.url, token, `at-once-${at}`);
        await push.write(randomBytes(3 * MB));
        return (await push.finish()).status;
      }),
    );
    const stored = outcomes.filter((status) => status === 200).length;
    expect(outcomes.filter((status) => status === 503)).toHaveLength(6 - stored);
    expect(stored).toBeLessThan(4);
    expect(blobFiles()).toHaveLength(stored);
    expect(await books()).toEqual({ blobs: stored, used: stored * 3 * MB, sum: stored * 3 * MB });
    await pushBytes(server.url, token, 'small', randomBytes(100_000));
  });

  it('with room for bytes but for no more files says the same', async () => {
    await startOn({ bytes: 50 * MB, files: 30 });
    const names: string[] = [];
    for (let status = 200; status === 200; ) {
      const push = openPush(server.url, token, `file-${names.length}`);
      await push.write(Buffer.from(`number ${names.length}`));
      const answer = await push.finish();
      status = answer.status;
      if (status === 200) names.push(`file-${names.length}`);
      else expect(answer.body.message).toMatch(NO_ROOM);
    }
    expect(names.length).toBeGreaterThan(5);
    expect(blobFiles()).toHaveLength(names.length);
    for (const [number, name] of names.entries())
      expect((await pullBytes(server.url, token, name)).toString()).toBe(`number ${number}`);
  });
});
