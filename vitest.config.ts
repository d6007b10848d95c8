import { defineConfig } from 'vitest/config';

/** Only ends what hangs: a start with a new Postgres takes 5 s, and 30 s on a busy machine. */
const SLOW_TIMEOUT_MS = 180_000;

export default defineConfig({
  test: {
    // Two cores are what the smallest machine has, and the tests' Postgres wants some of them too.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,components,lib,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{lib,scripts}/**/*.integration.test.ts'],
          globalSetup: 'lib/testing/global-setup.ts',
          setupFiles: 'lib/testing/setup-file.ts',
          testTimeout: SLOW_TIMEOUT_MS,
          hookTimeout: SLOW_TIMEOUT_MS,
        },
      },
      {
        test: {
          name: 'platform',
          include: ['e2e/platform/**/*.test.ts'],
          testTimeout: SLOW_TIMEOUT_MS,
          hookTimeout: SLOW_TIMEOUT_MS,
        },
      },
    ],
  },
});
