import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { downloadUrl, openPush, pullBytes, pushBytes } from '#lib/testing/client.ts';
import { queryOnce } from '#lib/testing/database.ts';
import { type AwayDatabase, externalPostgres, frozenPostgres } from '#lib/testing/external-postgres.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { ownPostgres } from './support/away-database.ts';

const MB = 1_000_000;
/** A request waits 10 s for a database that is away and 20 s for one that says nothing, and a busy machine is slow. */
const ANSWER_MS = 50_000;
const PATIENT = { timeout: 90_000, interval: 100 };
const AWAY = 'The database does not answer right now. Try again in a moment.';
/** More than the kernel holds for a reader that does not read, so that the answer stops in its middle. */
const LARGE = { artifacts: 90, metaDataBytes: 300_000, pullBytes: 40 * MB };

interface Answer {
  http: number;
  status: number;
  message?: string;
  data?: { token?: string } | null;
}

describe.each([
  ['its own, killed by kill -9', ownPostgres],
  ['another one, stopped in good order', () => externalPostgres('SIGINT')],
  ['another one, stopped at once', () => externalPostgres('SIGQUIT')],
  ['another one, which stands still', frozenPostgres],
])('a database that goes away in the middle: %s', (_which, make) => {
  let database: AwayDatabase;
  let server: TestServer;
  let token: string;
  const kept = randomBytes(MB);

  beforeAll(async () => {
    database = await make();
    server = await startTestServer(database.env);
    token = await addUser(database.env, 'mira');
    await pushBytes(server.url, token, 'kept', kept);
  });

  afterAll(async () => {
    try {
      await server.stop();
    } finally {
      await database.end();
    }
  });

  /** Calls a method by JSON; must be answered in time. */
  async function call(method: string, input: object = {}): Promise<Answer> {
    const reply = await fetch(`${server.url}/v2/rpc/${method}`, {
      method: 'POST',
      headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return { http: reply.status, ...((await reply.json()) as { status: number }) };
  }

  /** Whether it was a success; fails for anything but a success and the one sentence. */
  function isDone({ http: code, status, message }: Answer): boolean {
    if (code === 200) return true;
    expect({ code, status, message }).toEqual({
      code: 503,
      status: 50002,
      message: expect.stringContaining(AWAY),
    });
    return false;
  }

  async function comeBack(): Promise<void> {
    await database.comeBack();
    const isReady = () => fetch(`${server.url}/api/ready`).then((reply) => reply.status);
    await expect.poll(isReady, PATIENT).toBe(200);
  }

  async function finish(push: ReturnType<typeof openPush>): Promise<Answer> {
    const { status: code, body } = await push.finish();
    return { http: code, ...(body as { status: number }) };
  }

  /** Opens a push, and waits until the server counts with it. */
  async function openedPush(name: string, bytes: Buffer): Promise<ReturnType<typeof openPush>> {
    // What an earlier one has left waits for the sweep.
    const open = async () =>
      (await queryOnce(server.databaseUrl, `SELECT FROM blob WHERE state = 'provisional'`)).length;
    const before = await open();
    const push = openPush(server.url, token, name);
    await push.write(bytes);
    await expect.poll(open, PATIENT).toBe(before + 1);
    return push;
  }

  it('while a push streams: it is refused or stored, and what was there is whole', async () => {
    const next = randomBytes(8 * MB);
    const push = await openedPush('kept', next.subarray(0, 4 * MB));
    await database.goAway();
    await push.write(next.subarray(4 * MB));
    const isStored = isDone(await finish(push));
    await comeBack();
    expect((await pullBytes(server.url, token, 'kept')).equals(isStored ? next : kept)).toBe(true);
    await pushBytes(server.url, token, 'kept', kept);
  });

  it('while a push streams, and is back before it ends: it is stored', async () => {
    const bytes = randomBytes(4 * MB);
    const push = await openedPush('over it', bytes.subarray(0, 2 * MB));
    await database.goAway();
    await push.write(bytes.subarray(2 * MB));
    await comeBack();
    expect(await finish(push)).toMatchObject({ http: 200 });
    expect((await pullBytes(server.url, token, 'over it')).equals(bytes)).toBe(true);
  });

  it('while a pull streams: it ends with every byte', async () => {
    const bytes = randomBytes(LARGE.pullBytes);
    await pushBytes(server.url, token, 'large', bytes);
    const [response] = (await once(http.get(await downloadUrl(server.url, token, 'large')), 'response')) as [
      http.IncomingMessage,
    ];
    await database.goAway();
    expect(Buffer.concat(await response.toArray()).equals(bytes)).toBe(true);
    await comeBack();
  });

  it('while a list streams: it ends whole, or is cut and seen to be cut', async () => {
    const metaData = JSON.stringify({ filler: 'x'.repeat(LARGE.metaDataBytes) });
    for (let at = 0; at < LARGE.artifacts; at++) {
      const body = new FormData();
      for (const [name, value] of Object.entries({ name: `listed ${at}`, metaData })) body.set(name, value);
      body.set('file', new Blob([`number ${at}`]));
      const headers = { authorization: `token ${token}` };
      await fetch(`${server.url}/v2/rpc/artifact.upload`, { method: 'POST', headers, body });
    }
    const request = http.get(`${server.url}/v2/rpc/artifact.list`, {
      headers: { authorization: `token ${token}` },
    });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    await database.goAway();
    const listed = await text(response).catch(() => null);
    if (listed !== null) expect(JSON.parse(listed).data.length).toBe(JSON.parse(listed).meta.total);
    await comeBack();
    expect(await call('artifact.list', { pageSize: 1 })).toMatchObject({ http: 200 });
  });

  it('in the middle of a login and of many calls: each is answered, and works afterwards', async () => {
    const account = { name: 'mira', password: 'a sentence that nobody guesses' };
    const calls = [
      ...Array.from({ length: 2 }, () => call('user.identity.passwordLogin', account)),
      ...Array.from({ length: 30 }, () => call('user.identity.whoami')),
      ...Array.from({ length: 10 }, () => call('artifact.getDetail', { name: 'kept' })),
    ];
    await database.goAway();
    calls.push(
      call('user.identity.passwordLogin', account),
      call('artifact.getDownloadUrl', { name: 'kept' }),
    );
    for (const answer of await Promise.all(calls)) isDone(answer);
    await comeBack();
    const { data } = await call('user.identity.passwordLogin', account);
    expect(data?.token).toMatch(/^gss_/);
  });

  it('and afterwards everything adds up', async () => {
    await runAdmin(database.env, ['sweep', '--at', new Date(Date.now() + 3_600_000).toISOString()]);
    const rows = await queryOnce<{ state: string }>(server.databaseUrl, 'SELECT state FROM blob');
    const files = readdirSync(path.join(server.dataDir, 'blobs'), { recursive: true, withFileTypes: true });
    const blobs = files.filter((entry) => entry.isFile() && entry.name !== 'mark');
    expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['committed']));
    expect(blobs).toHaveLength(rows.length);
    expect(await runAdmin(database.env, ['verify'])).toMatch(/ 0 wrong\./);
    expect((await pullBytes(server.url, token, 'kept')).equals(kept)).toBe(true);
  });
});
