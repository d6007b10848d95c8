import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { unzip } from '#lib/testing/unzip.ts';
import { png } from '../contract/pictures.ts';
import {
  expectAccessible,
  expectNoFindingsAnywhere,
  expectNoSidewaysScroll,
} from './support/accessibility.ts';
import { call, type Person, push } from './support/api.ts';
import { tabTo } from './support/keyboard.ts';
import { test } from './support/test.ts';

const LEAVING = 'Your account is going to be deleted';

test('everything is exported as one file, by keyboard', async ({ page, person }) => {
  await push(person, { name: 'photos', bytes: new Uint8Array(Buffer.from('the bytes')) });
  await page.goto('/settings/account');
  const downloading = page.waitForEvent('download');
  await tabTo(page, page.getByRole('link', { name: 'Export everything' }));
  await page.keyboard.press('Enter');
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`groundstation-${person.name}.zip`);
  const files = await unzip(await readFile(await download.path()));
  expect(files.get('artifacts/photos/data.bin')?.toString()).toBe('the bytes');
});

async function askToDelete(page: Page, person: Person): Promise<void> {
  await page.goto('/settings/account');
  await tabTo(page, page.getByRole('button', { name: 'Delete the account' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete your account?' });
  await expect(dialog.getByLabel(`Type ${person.name} to confirm`)).toBeFocused();
  await page.keyboard.type(person.name);
  await page.keyboard.press('Tab');
}

test('the account is deleted in seven days and kept after all, by keyboard alone; each page says so meanwhile', async ({
  page,
  person,
}) => {
  await push(person, { name: 'photos' });
  await askToDelete(page, person);
  const dialog = page.getByRole('dialog', { name: 'Delete your account?' });
  await expect(dialog).toContainText('one DocumentArray or file (10 bytes) and 0 tokens');
  await expect(dialog.getByRole('button', { name: 'Delete in 7 days' })).toBeDisabled();
  await page.keyboard.type('a wrong password');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('The current password is wrong.')).toBeVisible();
  await expectNoFindingsAnywhere(page);
  await dialog.getByLabel('Password').fill(person.password);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your account is deleted in 7 days.')).toBeVisible();

  for (const path of ['/storage', '/settings/profile', '/settings/account']) {
    await page.goto(path);
    await expect(page.getByRole('region', { name: LEAVING })).toBeVisible();
  }
  await expectNoSidewaysScroll(page);
  await expectNoFindingsAnywhere(page);
  await push(person, { name: 'still works' });
  await tabTo(
    page,
    page.getByRole('region', { name: LEAVING }).getByRole('button', { name: 'Keep my account' }),
  );
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your account stays.')).toBeVisible();
  await expect(page.getByRole('region', { name: LEAVING })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Delete the account' })).toBeVisible();
});

test('the safe way out of the question changes nothing, and gives the focus back', async ({
  page,
  person,
}) => {
  await askToDelete(page, person);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Delete the account' })).toBeFocused();
  await page.reload();
  await expect(page.getByRole('region', { name: LEAVING })).toHaveCount(0);
});

test('a picture is cut to a square of 256 pixels, shown on each page, and removed', async ({
  page,
  person,
}) => {
  await page.goto('/settings/profile');
  const file = page.getByLabel('Picture file');
  await file.setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await expect(page.getByText(/is no picture that your browser can show/)).toBeVisible();
  await file.setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer: png(900, 600) });
  await expect(page.getByText('Your picture is saved.')).toBeVisible();
  await page.goto('/storage');
  const shown = page.getByRole('complementary').locator('img');
  await expect(shown).toBeVisible();
  const size = await shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
  expect(size).toEqual([256, 256]);
  await expectAccessible(page, '/settings/profile');
  await expectNoSidewaysScroll(page);
  await tabTo(page, page.getByRole('button', { name: 'Remove' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your picture is removed.')).toBeVisible();
  await expect(page.locator('img')).toHaveCount(0);
  await expect(call('user.identity.whoami', {}, person.session)).resolves.toMatchObject({
    name: person.name,
  });
});

test('axe finds nothing on the account’s page in both themes, and nothing overflows', async ({
  page,
  person,
}) => {
  await push(person, { name: 'photos' });
  await expectAccessible(page, '/settings/account');
  await expectNoSidewaysScroll(page);
});
