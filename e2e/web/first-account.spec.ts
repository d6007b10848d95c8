import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { call, given, newPerson } from './support/api.ts';
import { docarray } from './support/client.ts';

const TEXTS = ['sunrise', 'noon', 'sunset'];

async function signUp(page: Page): Promise<void> {
  await page.goto(`/signup?setup=${given('GS_SETUP_CODE')}`);
  await page.getByLabel('Name (optional)').fill('Ada Lindqvist');
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('E-mail').fill('ada@example.org');
  await page.getByLabel('Password').fill('a first sentence for ada');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByRole('heading', { name: 'Storage' })).toBeVisible();
}

async function createToken(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Create a token' }).click();
  await page.getByLabel('Name', { exact: true }).fill('notebook');
  await page.getByRole('button', { name: 'Create token' }).click();
  return (await page.getByTestId('token').textContent()) ?? '';
}

async function refuseWithoutLink(page: Page): Promise<void> {
  await page.goto('/signup');
  await expect(page.getByText('This server has no account yet.')).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
}

async function pushAndSee(page: Page, token: string): Promise<void> {
  await docarray(token, 'push', 'photos', ...TEXTS);
  await page.getByRole('link', { name: 'Storage' }).first().click();
  const row = page.getByRole('row', { name: /photos/ });
  await expect(row.getByRole('cell', { name: '3', exact: true })).toBeVisible();
  await expect(row.getByRole('button', { name: 'Access to photos: Public' })).toBeVisible();
}

async function makePrivate(page: Page, token: string): Promise<void> {
  const bob = await newPerson('bob');
  expect(await docarray(bob.session, 'pull', 'ada/photos')).toEqual(TEXTS);
  await page.getByRole('button', { name: 'Access to photos: Public' }).click();
  await page.getByRole('menuitemradio', { name: /Private/ }).click();
  await expect(page.getByRole('button', { name: 'Access to photos: Private' })).toBeVisible();
  // The page shows the change before the server has made it.
  await expect.poll(() => visibility(token)).toBe('private');
  await expect(docarray(bob.session, 'pull', 'ada/photos')).rejects.toThrow(/404/);
  expect(await docarray(token, 'pull', 'photos')).toEqual(TEXTS);
}

async function downloadFromPage(page: Page, token: string): Promise<void> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download photos' }).click();
  const file = await (await downloading).path();
  expect(await docarray(token, 'read', file)).toEqual(TEXTS);
  // And to the last byte what the client is given.
  const { download } = await call<{ download: string }>('artifact.getDownloadUrl', { name: 'photos' }, token);
  const pulled = await (await fetch(download)).arrayBuffer();
  expect(Buffer.compare(await readFile(file), Buffer.from(pulled))).toBe(0);
}

async function deleteOnPage(page: Page, token: string): Promise<void> {
  await page.getByRole('button', { name: 'Delete photos' }).click();
  await expect(page.getByText('photos is in the trash.')).toBeVisible();
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  expect(await docarray(token, 'list')).toEqual([]);
  await expect(docarray(token, 'pull', 'photos')).rejects.toThrow(/404/);
}

test('from the set-up link to a push that others can pull, and no more', async ({ page }) => {
  test.setTimeout(180_000);
  await test.step('sign-up without the link is refused', () => refuseWithoutLink(page));
  await test.step('the link makes the first account', () => signUp(page));
  const token = await test.step('create a token', () => createToken(page));
  await test.step('what docarray pushes is on the page', () => pushAndSee(page, token));
  await test.step('made private, a second user can no longer pull it', () => makePrivate(page, token));
  await test.step('the download from the page is what was pushed', () => downloadFromPage(page, token));
  await test.step('deleted on the page, it is gone for the client', () => deleteOnPage(page, token));
  await test.step('the set-up link works once', async () => {
    await page.context().clearCookies();
    await page.goto(`/signup?setup=${given('GS_SETUP_CODE')}`);
    await expect(page.getByRole('heading', { name: 'Sign up' })).toBeVisible();
  });
});

async function visibility(token: string): Promise<string> {
  const { visibility: now } = await call<{ visibility: string }>(
    'artifact.getDetail',
    { name: 'photos' },
    token,
  );
  return now;
}
