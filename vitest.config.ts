import { defineConfig } from 'vitest/config';

/** A trickled push alone takes more than six minutes. */
const HOURS_MS = 3 * 3_600_000;
/** Only ends what hangs: a start with a new Postgres takes 5 s, and 30 s on a busy machine. */
const SLOW_TIMEOUT_MS = 180_000;
/** A wait ends as soon as it can; a busy machine makes it long. */
const PATIENT = { poll: { timeout: 30_000 } };

export default defineConfig({
  test: {
    // Two cores are what the smallest machine has, and the tests' Postgres wants some of them too.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          expect: PATIENT,
          include: ['{app,bench,components,lib,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.{integration,slow}.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          expect: PATIENT,
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
          expect: PATIENT,
          include: ['e2e/platform/**/*.test.ts'],
          exclude: ['**/*.slow.test.ts'],
          testTimeout: SLOW_TIMEOUT_MS,
          hookTimeout: SLOW_TIMEOUT_MS,
        },
      },
      {
        test: {
          name: 's3',
          expect: PATIENT,
          include: ['e2e/s3/**/*.test.ts'],
          globalSetup: 'e2e/s3/support/global-setup.ts',
          testTimeout: SLOW_TIMEOUT_MS,
          hookTimeout: SLOW_TIMEOUT_MS,
        },
      },
      {
        test: {
          name: 'images',
          expect: PATIENT,
          include: ['e2e/images/**/*.test.ts'],
          exclude: ['**/*.slow.test.ts'],
          // One build is what two processors hold.
          fileParallelism: false,
          testTimeout: 2 * SLOW_TIMEOUT_MS,
          hookTimeout: 5 * SLOW_TIMEOUT_MS,
        },
      },
      {
        test: {
          name: 'model',
          expect: PATIENT,
          include: ['e2e/model/**/*.test.ts'],
          exclude: ['**/*.slow.test.ts'],
          testTimeout: 5 * SLOW_TIMEOUT_MS,
          hookTimeout: SLOW_TIMEOUT_MS,
        },
      },
      {
        test: {
          name: 'slow',
          expect: PATIENT,
          include: ['{lib,e2e}/**/*.slow.test.ts'],
          fileParallelism: false,
          testTimeout: HOURS_MS,
          hookTimeout: SLOW_TIMEOUT_MS,
        },
      },
    ],
  },
});
