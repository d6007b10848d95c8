import { expect, type Page } from '@playwright/test';
import { queryOnce } from '#lib/testing/database.ts';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessibility.ts';
import { call } from './support/api.ts';
import { Station } from './support/station.ts';
import { test } from './support/test.ts';

const AWAY = 'Groundstation cannot reach its database';
/** Pages ask again every few seconds, and a busy machine is slow. */
const PATIENT = { timeout: 30_000 };

let station: Station;

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.beforeAll(async () => {
  station = await Station.start();
});
test.afterAll(() => station.end());

function heading(page: Page, name: string) {
  return page.getByRole('heading', { name, exact: true });
}

function lineAbove(page: Page) {
  return page.getByText('The server does not answer. What you see may be old');
}

/** The id that the page shows for whoever looks into the log. */
async function shownId(page: Page): Promise<string> {
  return page
    .getByText(/^Request /)
    .getByRole('code')
    .innerText();
}

/** A page that keeps itself up to date, with something typed that nobody has sent yet. */
async function openAndType(page: Page, typed: string): Promise<void> {
  await station.signIn(page.context());
  const here = `${station.url}/settings/tokens`;
  await page.goto(here);
  await expect(page.getByText('Live', { exact: true })).toBeVisible(PATIENT);
  await page.getByLabel('Name', { exact: true }).fill(typed);
}

/** What was typed is there, and can be sent. */
async function expectUsable(page: Page, typed: string): Promise<void> {
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(typed);
  await page.getByRole('button', { name: 'Create token' }).click();
  await expect(page.getByTestId('token')).toBeVisible();
}

test('a page opened while the database is away says so, and becomes the page by itself', async ({ page }) => {
  await station.signIn(page.context());
  await station.database.goAway();
  const answer = await page.goto(`${station.url}/settings/tokens`);
  expect(answer?.status()).toBe(503);
  await expect(heading(page, AWAY)).toBeVisible();
  await expect(page.getByRole('main')).toMatchAriaSnapshot({ name: 'database-away.aria.yml' });
  await expect.poll(() => station.output()).toContain(await shownId(page));
  await station.database.comeBack();
  await expect(heading(page, 'Tokens')).toBeVisible(PATIENT);
  await expect(page).toHaveURL(`${station.url}/settings/tokens`);
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
});

test('axe finds nothing on the page of a database that is away, and nothing overflows', async ({ page }) => {
  await station.signIn(page.context());
  await station.database.goAway();
  await expectAccessible(page, `${station.url}/storage`);
  await expect(heading(page, AWAY)).toBeVisible();
  await expectNoSidewaysScroll(page);
  await station.database.comeBack();
});

test('a way to another page waits where it was begun while the database is away', async ({ page }) => {
  await openAndType(page, 'on the way');
  await station.database.goAway();
  await expect(lineAbove(page)).toBeVisible(PATIENT);
  await page.getByRole('link', { name: 'Storage' }).first().click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('on the way');
  await station.database.comeBack();
  await expect(heading(page, 'Storage')).toBeVisible(PATIENT);
});

test('what was typed stays while the database is away, and can be sent when it is back', async ({ page }) => {
  await openAndType(page, 'over the outage');
  await station.database.goAway();
  await expect(lineAbove(page)).toBeVisible(PATIENT);
  await page.getByRole('button', { name: 'Create token' }).click();
  await expect(page.getByText('The database does not answer right now.')).toBeVisible(PATIENT);
  await station.database.comeBack();
  await expect(lineAbove(page)).toBeHidden(PATIENT);
  await expectUsable(page, 'over the outage');
});

test('a change that fails because the server is gone leaves the page as it is', async ({ page }) => {
  const session = await station.signIn(page.context());
  await call('user.pat.create', { name: 'doomed' }, session, station.url);
  await openAndType(page, 'beside a failed change');
  // What a toast needs comes a moment after the page itself.
  await expect(page.getByRole('region', { name: /^Notifications/ })).toBeAttached();
  await station.stopServer();
  await page.getByRole('button', { name: 'Revoke doomed' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('The server does not answer. Check your connection')).toBeVisible(PATIENT);
  await station.startServer();
  await expect(page.getByRole('button', { name: 'Revoke doomed' })).toBeVisible(PATIENT);
  await expectUsable(page, 'beside a failed change');
});

test('nobody is signed out while the database is away, not even who asks to be', async ({ page }) => {
  const session = await station.signIn(page.context());
  await page.goto(`${station.url}/storage`);
  await expect(heading(page, 'Storage')).toBeVisible();
  await station.database.goAway();
  const answer = await page.request.get(`${station.url}/api/auth/session`);
  expect(answer.status()).toBe(503);
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByText('The server failed. Try again in a moment.')).toBeVisible(PATIENT);
  await station.database.comeBack();
  const cookies = await page.context().cookies();
  expect(cookies.find(({ name }) => name === 'gs-session')?.value).toBe(session);
  await page.reload();
  await expect(heading(page, 'Storage')).toBeVisible(PATIENT);
});

test('a session that ends while the database is away asks to sign in once it is back', async ({ page }) => {
  await station.signIn(page.context());
  await station.database.goAway();
  await page.goto(`${station.url}/settings/tokens`);
  await expect(heading(page, AWAY)).toBeVisible();
  await station.database.comeBack();
  await queryOnce(station.databaseUrl, 'UPDATE session SET expires_at = now()');
  await expect(page).toHaveURL(/\/login\?from=/, PATIENT);
  await expect(page.getByText('Your session ended.')).toBeVisible();
});

test('a server that starts again leaves open pages as they are', async ({ page }) => {
  await openAndType(page, 'over the restart');
  await station.stopServer();
  await expect(lineAbove(page)).toBeVisible(PATIENT);
  await station.startServer();
  await expect(lineAbove(page)).toBeHidden(PATIENT);
  await expectUsable(page, 'over the restart');
});

test('a page that cannot be made anew stays, and is made anew when it can be', async ({ page }) => {
  await station.signIn(page.context());
  await page.goto(`${station.url}/storage`);
  const kept = page.getByText('Nothing here yet.');
  await expect(kept).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible(PATIENT);
  const refreshed = () => page.waitForResponse((response) => response.url().includes('/storage?_rsc'));
  // The database goes when the page has begun to ask: nothing else about it fails.
  await queryOnce(
    station.databaseUrl,
    `ALTER TABLE artifact RENAME TO hidden;
     CREATE FUNCTION go_away() RETURNS boolean STABLE LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'terminating connection' USING ERRCODE = 'admin_shutdown'; END $$;
     CREATE VIEW artifact AS SELECT * FROM hidden WHERE go_away()`,
  );
  // Only a page that has met the failure asks by HEAD whether it can be had.
  const tried = page.waitForResponse(
    (response) => response.request().method() === 'HEAD' && response.status() === 503,
  );
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await tried;
  await expect(kept).toBeVisible();
  await expect(heading(page, AWAY)).toHaveCount(0);
  const working = refreshed();
  await queryOnce(
    station.databaseUrl,
    'DROP VIEW artifact; DROP FUNCTION go_away; ALTER TABLE hidden RENAME TO artifact',
  );
  await working;
  await expect(kept).toBeVisible();
});

test('a page that fails says under which id the log has it, and can be tried again', async ({ page }) => {
  await station.signIn(page.context());
  await queryOnce(station.databaseUrl, 'ALTER TABLE artifact RENAME TO hidden');
  const answer = await page.goto(`${station.url}/storage`);
  expect(answer?.status()).toBe(500);
  await expect(heading(page, 'This page failed')).toBeVisible();
  await expect(page.getByRole('main')).toMatchAriaSnapshot({ name: 'failure.aria.yml' });
  await expect.poll(() => station.output()).toContain(await shownId(page));
  await expectAccessible(page, `${station.url}/storage`);
  await queryOnce(station.databaseUrl, 'ALTER TABLE hidden RENAME TO artifact');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(heading(page, 'Storage')).toBeVisible();
});
