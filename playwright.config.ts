import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './e2e/web/support/chromium.ts';

/**
 * The browser tests. `support/global-setup.ts` starts one server on a free port with an empty database and puts its
 * address into `GS_URL`. The first test makes the first account, which the others need.
 */
export default defineConfig({
  testDir: 'e2e/web',
  outputDir: 'test-results',
  globalSetup: './e2e/web/support/global-setup.ts',
  reporter: [['list']],
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // A busy machine is slow, not wrong; these only end what hangs.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: process.env.GS_URL,
    acceptDownloads: true,
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    launchOptions: chromiumOptions,
  },
  projects: [
    { name: 'first account', testMatch: 'first-account.spec.ts' },
    { name: 'pages', testIgnore: 'first-account.spec.ts', dependencies: ['first account'] },
  ],
});
