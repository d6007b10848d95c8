import { addUser, runAdmin } from '#lib/testing/admin.ts';
import { startTestServer } from '#lib/testing/server.ts';
import { test as base } from './test.ts';

const DAY_MS = 86_400_000;

/** The administrator's command line, at a time of the test's choice. */
export interface Housekeeping {
  /** Runs `expire`, `purge` or `sweep` as if it were so many days later; gives what it prints. */
  runIn(days: number, command: 'expire' | 'purge' | 'sweep'): Promise<string>;
}

interface WorkerFixtures {
  /** Settings of the server besides the usual ones. */
  settings: Record<string, string>;
  own: { url: string; housekeeping: Housekeeping };
}

/**
 * Playwright's test with a server of its own, for what concerns everybody's things, such as time that passes. Tests
 * with a fixture of the worker run in a process apart from all others, so what is set in its environment is theirs.
 */
export const test = base.extend<{ housekeeping: Housekeeping }, WorkerFixtures>({
  settings: [{}, { option: true, scope: 'worker' }],
  own: [
    async ({ settings }, use) => {
      const server = await startTestServer(settings);
      const admin = { DATA_DIR: server.dataDir };
      process.env.GS_URL = server.url;
      process.env.GS_DATABASE_URL = server.databaseUrl;
      // Sign-up is open to others only after the first account.
      await addUser(admin, 'operator');
      const housekeeping: Housekeeping = {
        runIn: (days, command) =>
          runAdmin(admin, [command, '--at', new Date(Date.now() + days * DAY_MS).toISOString()]),
      };
      await use({ url: server.url, housekeeping });
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ own }, use) => use(own.url),
  housekeeping: ({ own }, use) => use(own.housekeeping),
});
