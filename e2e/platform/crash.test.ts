import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPush, pullBytes, pushBytes } from '#lib/testing/client.ts';
import { KillableServer, PATIENT, type WatchedStore } from '#lib/testing/killable.ts';
import { describePushKills } from '#lib/testing/push-kills.ts';

const MB = 1_000_000;

/** The files of a server's blobs, by their names; the half-written ones are in a folder of their own. */
async function watchDisk(dataDir: string): Promise<WatchedStore> {
  const folder = path.join(dataDir, 'blobs');
  const files = () =>
    (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [])
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath }) => ({ name, isWhole: path.basename(parentPath) !== 'partial' }));
  return {
    env: {},
    isWhole: async (key) => files().some(({ name, isWhole }) => name === key && isWhole),
    arrivedBytes: async (key) =>
      statSync(path.join(folder, 'partial', key), { throwIfNoEntry: false })?.size ?? 0,
    keys: async () => files().map(({ name }) => name),
  };
}

describe('with blobs on disk', () => describePushKills(watchDisk));

describe('kill -9 of Postgres', () => {
  let server: KillableServer;
  beforeEach(async () => {
    server = await KillableServer.start(watchDisk);
  });
  afterEach(() => server.remove());

  function killPostgres(): void {
    const [pid] = readFileSync(path.join(server.dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
  }

  it('in the middle of a push makes it succeed whole or fail whole, and loses nothing of before', async () => {
    const old = randomBytes(MB);
    await pushBytes(server.url, server.token, 'a', old);
    const push = openPush(server.url, server.token, 'a');
    const next = randomBytes(10 * MB);
    await push.write(next);
    await server.keyUnderWay();
    killPostgres();
    const { status } = await push.finish();
    await vi.waitUntil(async () => (await fetch(`${server.url}/api/ready`)).status === 200, PATIENT);
    const found = await pullBytes(server.url, server.token, 'a');
    expect(found.equals(status === 200 ? next : old)).toBe(true);
    await server.expectNothingLeft();
  });
});
