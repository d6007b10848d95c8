import path from 'node:path';
import { vi } from 'vitest';
import { clusterDir } from '#lib/postgres/cluster.ts';
import { isAlive, readPidFile } from '#lib/postgres/postmaster.ts';
import type { AwayDatabase } from '#lib/testing/external-postgres.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const PATIENT = { timeout: 60_000, interval: 20 };

/** The server's own Postgres, which goes away by SIGKILL and is started again by the server. */
export async function ownPostgres(): Promise<AwayDatabase> {
  const { folder, remove } = makeTemporaryFolder();
  const env = { DATA_DIR: path.join(folder, 'data') };
  const pid = () => readPidFile(clusterDir(env.DATA_DIR))?.pid;
  let killed: number | undefined;
  return {
    env,
    async goAway() {
      killed = await vi.waitUntil(pid, PATIENT);
      process.kill(killed, 'SIGKILL');
      await vi.waitUntil(() => killed === undefined || !isAlive(killed), PATIENT);
    },
    // What is left of the killed one may answer for a moment.
    comeBack: async () => void (await vi.waitUntil(() => pid() !== undefined && pid() !== killed, PATIENT)),
    end: async () => remove(),
  };
}
