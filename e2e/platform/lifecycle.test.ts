import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isAlive } from '#lib/postgres/postmaster.ts';
import { addUser } from '#lib/testing/admin.ts';
import { openPush } from '#lib/testing/client.ts';
import { runServerToEnd, startTestServer, type TestServer } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

/** A data folder that outlives the server in it; gone after the test. */
function makeDataDir(): string {
  const { folder, remove } = makeTemporaryFolder();
  removals.push(remove);
  return path.join(folder, 'data');
}

function postgresPid({ dataDir }: TestServer): number {
  return Number(readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Long enough for the slowest machine; the waits end as soon as they can. */
const PATIENT = { timeout: 60_000 };
const isReady = async ({ url }: TestServer) => (await fetch(`${url}/api/ready`)).status === 200;
const REMEMBER = "INSERT INTO setting (key, value) VALUES ('test', 'remembered')";
const RECALL = "SELECT value FROM setting WHERE key = 'test'";

describe('the server', () => {
  it('ends with 0 on SIGTERM and leaves no process', async () => {
    const server = await startTestServer();
    const postgres = postgresPid(server);
    expect(await isReady(server)).toBe(true);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    expect(isAlive(postgres)).toBe(false);
  });

  it('takes Ctrl-C, which reaches it twice, for one wish to stop in good order', async () => {
    const server = await startTestServer();
    const postgres = postgresPid(server);
    process.kill(server.pid, 'SIGINT');
    process.kill(server.pid, 'SIGINT');
    await server.stop();
    expect(isAlive(postgres)).toBe(false);
  });

  it('finishes a push that is under way before it ends', async () => {
    const env = { DATA_DIR: makeDataDir() };
    const server = await startTestServer(env);
    const push = openPush(server.url, await addUser(env, 'mira'), 'last');
    await push.write(randomBytes(1_000_000));
    await vi.waitUntil(
      async () => (await query(server.databaseUrl, 'SELECT FROM blob')).length === 1,
      PATIENT,
    );
    const stopped = server.stop();
    const refusesNew = () =>
      fetch(`${server.url}/ping`).then(
        () => false,
        () => true,
      );
    await vi.waitUntil(refusesNew, PATIENT);
    expect(await push.finish()).toMatchObject({ status: 200 });
    await stopped;
  });

  it('for background work answers who watches it, and nobody else', async () => {
    const server = await startTestServer({ ROLE: 'worker' });
    const status = async (target: string) => (await fetch(server.url + target)).status;
    expect(await status('/api/health')).toBe(200);
    expect(await status('/login')).toBe(404);
    expect(await status('/v2/rpc/user.identity.whoami')).toBe(404);
    await server.stop();
  });

  it('says where it listens, where the data is and what to do first', async () => {
    const server = await startTestServer();
    const lines = server.output().split('\n');
    await server.stop();
    expect(lines).toContain(`Groundstation listens on ${server.url}`);
    expect(lines).toContain(`Data: in ${server.dataDir}`);
    expect(lines.join('\n')).toMatch(/first account.*\/signup\?setup=\w{32}/);
  });

  it('refuses a second start on its data in one sentence and goes on', async () => {
    const server = await startTestServer();
    const second = await runServerToEnd({ DATA_DIR: server.dataDir });
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toMatch(/^Groundstation runs on .* already \(http.*process \d+\); .*\n$/);
    expect(second.stderr).toContain(server.url);
    expect(await isReady(server)).toBe(true);
    await server.stop();
  });

  it('keeps its data over kill -9 and takes over the Postgres that was left', async () => {
    const env = { DATA_DIR: makeDataDir() };
    const first = await startTestServer(env);
    const postgres = postgresPid(first);
    await query(first.databaseUrl, REMEMBER);
    await first.kill();
    expect(isAlive(postgres)).toBe(true);

    const second = await startTestServer(env);
    expect(postgresPid(second)).toBe(postgres);
    expect(await query(second.databaseUrl, RECALL)).toEqual([{ value: 'remembered' }]);
    await second.stop();
    expect(isAlive(postgres)).toBe(false);
  });

  it('serves again with all data after kill -9 of its Postgres', async () => {
    const server = await startTestServer();
    await query(server.databaseUrl, REMEMBER);
    const postgres = postgresPid(server);
    process.kill(postgres, 'SIGKILL');
    await vi.waitUntil(() => !isAlive(postgres), PATIENT);
    await vi.waitUntil(() => isReady(server), PATIENT);
    expect(postgresPid(server)).not.toBe(postgres);
    expect(await query(server.databaseUrl, RECALL)).toEqual([{ value: 'remembered' }]);
    await server.stop();
  });

  it('leaves the Postgres of DATABASE_URL alone', async () => {
    const owner = await startTestServer({ AUTH_SECRET: 'a secret that both of the servers share' });
    const guest = await startTestServer({
      AUTH_SECRET: 'a secret that both of the servers share',
      DATABASE_URL: owner.databaseUrl,
    });
    await guest.stop();
    expect(await isReady(owner)).toBe(true);
    await owner.stop();
  });
});
