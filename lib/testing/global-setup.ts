import type { TestProject } from 'vitest/node';
import { migrate } from '#lib/db/migrate.ts';
import { startOwnPostgres } from '#lib/postgres/own.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The migrated database of this run; each test file gets a copy of it (lib/testing/database.ts). */
    templateUrl: string;
  }
}

/** Nobody needs the tests' data after a power cut. */
const FAST_SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/** One Postgres for a run of vitest, in a temporary folder. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { folder, remove } = makeTemporaryFolder();
  const postgres = await startOwnPostgres(folder, FAST_SETTINGS).catch((error) => {
    remove();
    throw error;
  });
  const tearDown = async () => {
    await postgres.stop();
    remove();
  };
  try {
    await migrate(postgres.url);
  } catch (error) {
    // vitest never gets the function that would.
    await tearDown();
    throw error;
  }
  project.provide('templateUrl', postgres.url);
  return tearDown;
}
