import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OwnPostgres, startOwnPostgres } from '#lib/postgres/own.ts';
import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { pullBytes, pushBytes } from '#lib/testing/client.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { mountSmallDisk, type SmallDisk, whyNoSmallDisk } from '#lib/testing/small-disk.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

/** Room for a new cluster, its log and some megabytes more. */
const DISK_BYTES = 150_000_000;
/** A request waits 10 s for a database that is away, and a busy machine is slow. */
const ANSWER_MS = 30_000;
const PATIENT = { timeout: 120_000, interval: 200 };
const reason = whyNoSmallDisk();

let home: ReturnType<typeof makeTemporaryFolder>;
let disk: SmallDisk;
let postgres: OwnPostgres;
let server: TestServer;
let env: Record<string, string>;
let token: string;

beforeEach(async () => {
  process.env.LOG_LEVEL = 'silent';
  home = makeTemporaryFolder();
  const folder = path.join(home.folder, 'database');
  disk = mountSmallDisk(folder, { bytes: DISK_BYTES });
  postgres = await startOwnPostgres(folder, ['fsync=off', 'min_wal_size=32MB', 'max_wal_size=48MB']);
  env = {
    DATABASE_URL: postgres.url,
    DATA_DIR: path.join(home.folder, 'data'),
    AUTH_SECRET: randomBytes(32).toString('hex'),
  };
  server = await startTestServer(env);
  token = await addUser(env, 'mira');
});

afterEach(async () => {
  try {
    await server.stop();
  } finally {
    await postgres.stop();
    disk.unmount();
    home.remove();
  }
});

interface Answer {
  http: number;
  status: number;
  message?: string;
}

/** An answer of the API, which must come in time; a push of some bytes when there is a form. */
async function call(method: string, form?: Record<string, string>): Promise<Answer> {
  const body = new FormData();
  body.set('file', new Blob(['some bytes']));
  for (const [name, value] of Object.entries(form ?? {})) body.set(name, value);
  const reply = await fetch(`${server.url}/v2/rpc/${method}`, {
    method: 'POST',
    headers: { authorization: `token ${token}` },
    signal: AbortSignal.timeout(ANSWER_MS),
    ...(form ? { body } : {}),
  });
  return { http: reply.status, ...((await reply.json()) as { status: number; message?: string }) };
}

/** Pushes with metadata that Postgres cannot press together, until one is refused. */
async function pushUntilRefused(): Promise<Answer> {
  for (let count = 0; ; count++) {
    const metaData = JSON.stringify({ noise: randomBytes(400_000).toString('base64') });
    const answer = await call('artifact.upload', { name: `noise-${count}`, metaData });
    if (answer.http !== 200) return answer;
  }
}

/** Writes to Postgres's log until there is no room for it, which ends every connection. */
async function breakPostgres(): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => {});
  await client.connect();
  const write = () => client.query(`SELECT pg_logical_emit_message(true, 'test', repeat('x', 4000000))`);
  for (let isUp = true; isUp; )
    isUp = await write().then(
      () => true,
      () => false,
    );
  await client.end().catch(() => {});
}

const isReady = () => fetch(`${server.url}/api/ready`).then((reply) => reply.status === 200);

describe.skipIf(reason !== null)(
  `a disk for the database that is full${reason ? ` (${reason})` : ''}`,
  () => {
    it('fails pushes with a sentence, reads with one or not at all, and all is well when there is room', async () => {
      const kept = randomBytes(1_000_000);
      await pushBytes(server.url, token, 'kept', kept);
      disk.fill();
      expect(await pushUntilRefused()).toMatchObject({ http: 503, status: 50002 });
      await breakPostgres();
      for (const method of ['artifact.list', 'user.identity.whoami', 'artifact.getDetail?name=kept']) {
        const answer = await call(method);
        expect([200, 503], `${method}: ${answer.message}`).toContain(answer.http);
      }
      expect((await call('artifact.upload', { name: 'no', metaData: '{}' })).http).toBe(503);
      expect((await fetch(`${server.url}/ping`)).status).toBe(200);

      disk.free();
      await expect.poll(isReady, PATIENT).toBe(true);
      expect((await pullBytes(server.url, token, 'kept')).equals(kept)).toBe(true);
      await pushBytes(server.url, token, 'after', kept);
      await runAdmin(env, ['sweep', '--at', new Date(Date.now() + 3_600_000).toISOString()]);
      expect(await runAdmin(env, ['verify'])).toMatch(/ 0 wrong\./);
    });
  },
);
