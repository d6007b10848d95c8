import type { LaunchOptions } from '@playwright/test';

/** How Chromium is started: Playwright's own browsers come from a host of their own; Debian's comes with the machine. */
export const chromiumOptions: LaunchOptions = {
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
};
