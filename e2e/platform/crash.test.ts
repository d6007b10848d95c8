import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clusterDir } from '#lib/postgres/cluster.ts';
import { isAlive, readPidFile } from '#lib/postgres/postmaster.ts';
import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { openPush, pullBytes, pushBytes } from '#lib/testing/client.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const MB = 1_000_000;
/** Long enough for the slowest machine; the waits end as soon as they can. */
const PATIENT = { timeout: 60_000 };

let home: ReturnType<typeof makeTemporaryFolder>;
let env: { DATA_DIR: string };
let server: TestServer;
let token: string;

beforeEach(async () => {
  home = makeTemporaryFolder();
  env = { DATA_DIR: path.join(home.folder, 'data') };
  server = await startTestServer(env);
  token = await addUser(env, 'mira');
});

afterEach(async () => {
  try {
    await server.stop();
  } finally {
    await endLeftPostgres();
    home.remove();
  }
});

/** Ends the Postgres of a server that is gone, which a test leaves that fails between the kill and the next start. */
async function endLeftPostgres(): Promise<void> {
  const left = readPidFile(clusterDir(env.DATA_DIR));
  if (!left) return;
  process.kill(left.pid, 'SIGQUIT');
  await vi.waitUntil(() => !isAlive(left.pid), PATIENT);
}

function blobFiles(): string[] {
  const folder = path.join(env.DATA_DIR, 'blobs');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

async function blobStates(): Promise<string[]> {
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ state: string }>('SELECT state FROM blob ORDER BY state');
    return rows.map((row) => row.state);
  } finally {
    await client.end();
  }
}

/** Sweeps as the housekeeping will when every lease and every link of now is over. */
async function sweepLater(): Promise<void> {
  await runAdmin(env, ['sweep', '--at', new Date(Date.now() + 3_600_000).toISOString()]);
}

describe('kill -9 of the server in the middle of a push', () => {
  it('leaves the old version whole, and nothing of the new one after the sweep', async () => {
    const old = randomBytes(2 * MB);
    await pushBytes(server.url, token, 'a', old);
    const push = openPush(server.url, token, 'a');
    await push.write(randomBytes(20 * MB));
    await expect.poll(blobStates, PATIENT).toEqual(['provisional', 'committed']);
    await server.kill();
    server = await startTestServer(env);
    expect(await pullBytes(server.url, token, 'a')).toEqual(old);
    await sweepLater();
    expect(await blobStates()).toEqual(['committed']);
    expect(blobFiles()).toHaveLength(1);
    expect(await runAdmin(env, ['verify'])).toBe('1 blobs checked, 0 wrong.');
  });

  it('loses no push that was acknowledged', async () => {
    const acknowledged = new Map<string, Buffer>();
    const pushing = Array.from({ length: 4 }, async (_, lane) => {
      for (let i = 0; ; i++) {
        const bytes = randomBytes(200_000);
        await pushBytes(server.url, token, `${lane}-${i}`, bytes);
        acknowledged.set(`${lane}-${i}`, bytes);
      }
    });
    const ended = Promise.allSettled(pushing);
    await expect.poll(() => acknowledged.size, { ...PATIENT, interval: 5 }).toBeGreaterThan(20);
    await server.kill();
    await ended;
    server = await startTestServer(env);
    for (const [name, bytes] of acknowledged)
      expect((await pullBytes(server.url, token, name)).equals(bytes)).toBe(true);
    await sweepLater();
    expect(blobFiles().length).toBe((await blobStates()).length);
    expect(await runAdmin(env, ['verify'])).toMatch(/ blobs checked, 0 wrong\.$/);
  });
});

describe('kill -9 of Postgres', () => {
  function killPostgres(): void {
    const [pid] = readFileSync(path.join(env.DATA_DIR, 'postgres/postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
  }

  it('in the middle of a push makes it succeed whole or fail whole, and loses nothing of before', async () => {
    const old = randomBytes(MB);
    await pushBytes(server.url, token, 'a', old);
    const push = openPush(server.url, token, 'a');
    const next = randomBytes(10 * MB);
    await push.write(next);
    await expect.poll(blobStates, PATIENT).toEqual(['provisional', 'committed']);
    killPostgres();
    const { status } = await push.finish();
    await expect
      .poll(() => fetch(`${server.url}/api/ready`).then((reply) => reply.status), PATIENT)
      .toBe(200);
    const found = await pullBytes(server.url, token, 'a');
    expect(found.equals(status === 200 ? next : old)).toBe(true);
    await sweepLater();
    expect(blobFiles().length).toBe((await blobStates()).length);
    expect(await runAdmin(env, ['verify'])).toMatch(/ blobs checked, 0 wrong\.$/);
  });
});
