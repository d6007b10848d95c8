import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { queryOnce } from '#lib/testing/database.ts';
import {
  expectNoFindings,
  expectNoFindingsAnywhere,
  expectNoSidewaysScroll,
} from './support/accessibility.ts';
import { newPerson } from './support/api.ts';
import { enter, tabTo } from './support/keyboard.ts';
import { type MailStation, test } from './support/mail-server.ts';

const freeName = (label: string) => `${label}-${randomBytes(4).toString('hex')}`;

/** Fills the sign-up form that the page shows. */
async function makeAccount(page: Page, name: string, email?: string): Promise<void> {
  await page.getByLabel('User name').fill(name);
  if (email) await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('a sentence that nobody guesses');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByRole('heading', { name: 'Storage' })).toBeVisible();
}

/** The address of an account, and whether it is verified. */
async function addressOf(station: MailStation, name: string) {
  const statement = 'SELECT email, email_verified_at IS NOT NULL AS verified FROM app_user WHERE name = $1';
  return (await queryOnce<{ email: string; verified: boolean }>(station.databaseUrl, statement, [name]))[0];
}

test('an invitation goes by mail, makes one account whose address is verified, and is used up', async ({
  page,
  browser,
  station,
}) => {
  await station.signInAsAdministrator(page);
  const name = freeName('nora');
  const email = `${name}@example.org`;
  await page.goto('/admin/invitations');
  await tabTo(page, page.getByLabel('E-mail (optional)'));
  await page.keyboard.type(email);
  await enter(page, page.getByRole('button', { name: 'Invite' }));
  await expect(page.getByText(`The invitation goes to ${email}.`)).toBeVisible();
  await expect(page.getByTestId('link')).toHaveCount(0);
  const row = page.getByRole('row').filter({ hasText: email });
  await expect(row).toContainText('operator');
  const link = await station.linkTo(email);

  const context = await browser.newContext({ baseURL: station.url });
  const other = await context.newPage();
  // A scanner that looks first does not use it up.
  await other.goto(link);
  await other.goto(link);
  await expect(other.getByLabel('E-mail')).toHaveValue(email);
  await expectNoFindings(other);
  await makeAccount(other, name);
  expect(await addressOf(station, name)).toEqual({ email, verified: true });
  await page.reload();
  await expect(row).toHaveCount(0);

  await context.clearCookies();
  await other.goto(link);
  await expect(other.getByText('This link does not work any more. Ask for a new one.')).toBeVisible();
  await expect(other.getByRole('textbox')).toHaveCount(0);
  await context.close();
});

test('an invitation without an address is a link to hand over, seen once; a revoked one does not work', async ({
  page,
  browser,
  station,
}) => {
  await station.signInAsAdministrator(page);
  await page.goto('/admin/invitations');
  await page.getByRole('button', { name: 'Invite' }).click();
  const link = (await page.getByTestId('link').textContent()) ?? '';
  await expectNoFindings(page);
  await page.reload();
  await expect(page.getByTestId('link')).toHaveCount(0);
  await page.getByRole('button', { name: 'Revoke the invitation for Whoever has the link' }).click();
  await expect(page.getByText('The invitation is revoked.')).toBeVisible();
  const other = await browser.newPage({ baseURL: station.url });
  await other.goto(link);
  await expect(other.getByText('This link does not work any more. Ask for a new one.')).toBeVisible();
  await other.close();
});

test('an invitation made on the command line works, and proves no address', async ({ page, station }) => {
  const link = await station.admin('invitation', 'add');
  const name = freeName('otto');
  // The command does not know the port that the test's server was given.
  await page.goto(`${station.url}${new URL(link).pathname}${new URL(link).search}`);
  await makeAccount(page, name, `${name}@example.org`);
  expect(await addressOf(station, name)).toEqual({ email: `${name}@example.org`, verified: false });
});

test('for everybody else the pages of administrators look like pages that there are not', async ({
  page,
  station,
}) => {
  const look = async (path: string) => {
    const response = await page.goto(path);
    return {
      status: response?.status(),
      title: await page.title(),
      body: await page.locator('body').innerText(),
    };
  };
  const person = await newPerson('paul');
  for (const cookies of [[], [{ name: 'gs-session', value: person.session, url: station.url }]]) {
    await page.context().addCookies(cookies);
    const nowhere = await look('/nowhere');
    expect(nowhere.status).toBe(404);
    for (const path of ['/admin', '/admin/users', '/admin/invitations', '/admin/mail', '/admin/activity'])
      expect(await look(path), path).toEqual(nowhere);
  }
  await page.goto('/storage');
  await expect(page.getByRole('link', { name: 'Admin' })).toHaveCount(0);
});

test('axe finds nothing on the invitations in both themes, and nothing overflows', async ({
  page,
  station,
}) => {
  await station.admin('invitation', 'add', '--email', `${'long'.repeat(12)}@${'example'.repeat(8)}.org`);
  await station.signInAsAdministrator(page);
  await page.goto('/admin/invitations');
  await expectNoFindingsAnywhere(page);
  await expectNoSidewaysScroll(page);
});
