import { defineConfig } from '@playwright/test';

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
  timeout: 60_000,
  // A busy machine is slow, not wrong.
  expect: { timeout: 15_000 },
  use: {
    baseURL: process.env.GS_URL,
    acceptDownloads: true,
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    launchOptions: {
      // Playwright's own browsers come from a host of their own; Debian's comes with the machine.
      executablePath: process.env.GS_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'first account', testMatch: 'first-account.spec.ts' },
    { name: 'pages', testIgnore: 'first-account.spec.ts', dependencies: ['first account'] },
  ],
});
