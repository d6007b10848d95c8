import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { addUser, PASSWORD, runAdmin } from '#lib/testing/admin.ts';
import { linkIn, type Mailbox, mailsTo, startMailbox } from '#lib/testing/mailbox.ts';
import { startTestServer } from '#lib/testing/server.ts';
import { call } from './api.ts';
import { test as base } from './test.ts';

const ADMINISTRATOR = 'operator';

/** A server of the test's own that sends mail, and its administrator. */
export interface MailStation {
  url: string;
  databaseUrl: string;
  mailbox: Mailbox;
  /** Runs a command of the administrator; gives what it prints. */
  admin(...words: string[]): Promise<string>;
  /** Signs the browser in as the administrator. */
  signInAsAdministrator(page: Page): Promise<void>;
  /** Waits for the n-th mail to an address, counted from 1; gives the link in it. */
  linkTo(address: string, count?: number): Promise<string>;
}

/** Playwright's test with such a server, which all tests of a worker share; see own-server.ts. */
export const test = base.extend<object, { station: MailStation }>({
  station: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures taken apart.
    async ({}, use) => {
      const mailbox = await startMailbox();
      const server = await startTestServer({
        SMTP_URL: mailbox.url,
        MAIL_FROM: 'Groundstation <groundstation@example.org>',
        TRUST_PROXY: '127.0.0.1',
      });
      process.env.GS_URL = server.url;
      const env = { DATA_DIR: server.dataDir, SMTP_URL: mailbox.url, MAIL_FROM: 'groundstation@example.org' };
      await addUser(env, ADMINISTRATOR, '--admin');
      await use({
        url: server.url,
        databaseUrl: server.databaseUrl,
        mailbox,
        admin: (...words) => runAdmin(env, words),
        async signInAsAdministrator(page) {
          const input = { name: ADMINISTRATOR, password: PASSWORD };
          const { token } = await call<{ token: string }>('user.identity.passwordLogin', input);
          await page.context().addCookies([{ name: 'gs-session', value: token, url: server.url }]);
        },
        async linkTo(address, count = 1) {
          const arrived = () => mailsTo(mailbox.folder, address);
          await expect.poll(async () => (await arrived()).length).toBeGreaterThanOrEqual(count);
          const mail = (await arrived())[count - 1];
          return mail ? linkIn(mail) : '';
        },
      });
      await server.stop();
      await mailbox.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ station }, use) => use(station.url),
});
