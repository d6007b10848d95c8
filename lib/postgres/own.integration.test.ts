import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '#lib/log.ts';
import { clusterDir } from '#lib/postgres/cluster.ts';
import { type OwnPostgres, startOwnPostgres } from '#lib/postgres/own.ts';
import { isAlive, readPidFile } from '#lib/postgres/postmaster.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

/** Long enough for the slowest machine; the waits end as soon as they can. */
const PATIENT = { timeout: 60_000, interval: 5 };

let home: ReturnType<typeof makeTemporaryFolder>;
let postgres: OwnPostgres;

beforeEach(async () => {
  home = makeTemporaryFolder();
  postgres = await startOwnPostgres(home.folder);
});

afterEach(async () => {
  await postgres.stop();
  home.remove();
});

const runningPid = () => readPidFile(clusterDir(home.folder))?.pid;

function kill(): number {
  const pid = runningPid() ?? 0;
  process.kill(pid, 'SIGKILL');
  return pid;
}

async function answers(): Promise<boolean> {
  const client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

describe('our own Postgres', () => {
  it('is started again although the first attempts throw', async () => {
    const errors = vi.spyOn(log(), 'error');
    const logFile = path.join(home.folder, 'postgres.log');
    renameSync(logFile, `${logFile}.away`);
    mkdirSync(logFile);
    kill();
    const failures = () => errors.mock.calls.filter(([, text]) => text?.includes('could not be started'));
    await vi.waitUntil(() => failures().length > 1, PATIENT);
    rmdirSync(logFile);
    await vi.waitUntil(answers, PATIENT);
  });

  it('can be stopped while it is being started again', async () => {
    const killed = kill();
    const next = await vi.waitUntil(() => {
      const pid = runningPid();
      return pid !== killed && pid;
    }, PATIENT);
    await postgres.stop();
    expect(isAlive(next)).toBe(false);
    expect(runningPid()).toBeUndefined();
  });
});
