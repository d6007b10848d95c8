import { expect } from '@playwright/test';
import {
  expectAccessible,
  expectNoFindingsAnywhere,
  expectNoSidewaysScroll,
} from './support/accessibility.ts';
import { call, newPerson, type Person, push } from './support/api.ts';
import { test } from './support/test.ts';

const PUBLIC_PAGES = ['/login', '/signup', '/forgot', '/reset', '/verify', '/nowhere'];
const OWN_PAGES = [
  '/storage',
  '/storage?search=nothing+like+it',
  '/storage/trash',
  '/storage/trash?search=nothing+like+it',
  '/settings/tokens',
  '/settings/account',
  '/settings/sign-in-methods',
];
const HEIGHT = 800;

async function fill(person: Person): Promise<void> {
  await push(person, {
    name: 'photos',
    isPublic: true,
    metaData: { branding: { icon: '🛋️', background: '#f6d9a8' } },
  });
  await push(person, { name: `a-long-name-without-a-break-${'x'.repeat(200)}` });
}

for (const path of PUBLIC_PAGES) {
  test(`axe finds nothing on ${path} in both themes, and nothing overflows`, async ({ page }) => {
    await expectAccessible(page, path);
    await expectNoSidewaysScroll(page);
  });
}

for (const path of OWN_PAGES) {
  test(`axe finds nothing on ${path} in both themes, and nothing overflows`, async ({ page, person }) => {
    await fill(person);
    await expectAccessible(page, path);
    await expectNoSidewaysScroll(page);
  });
}

test('axe finds nothing on the empty Storage page, and nothing overflows', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  await expectAccessible(page, '/storage');
  await expectNoSidewaysScroll(page);
});

test('axe finds nothing on the menus that open', async ({ page, person }) => {
  await fill(person);
  await page.goto('/storage');
  for (const name of [
    /^Access to photos/,
    'More for photos',
    'Type',
    '50 a page',
    'Switch theme',
    /^Account/,
  ]) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await expectNoFindingsAnywhere(page, [1440]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  }
  await page.setViewportSize({ width: 375, height: HEIGHT });
  for (const name of [/^Access to photos/, 'More for photos', 'Sort']) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await expectNoFindingsAnywhere(page, [375]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  }
});

test('axe finds nothing on a toast and on the dialogs of the trash', async ({ page, person }) => {
  await fill(person);
  await page.goto('/storage');
  await page.getByRole('button', { name: 'Delete photos' }).click();
  await expect(page.getByText('photos is in the trash.')).toBeVisible();
  await expectNoFindingsAnywhere(page);
  await expectAccessible(page, '/storage/trash');
  await expectNoSidewaysScroll(page);
  await push(person, { name: 'photos' });
  await page.getByRole('button', { name: 'Restore photos' }).click();
  await expect(page.getByRole('dialog', { name: 'Restore photos under another name' })).toBeVisible();
  await expectNoFindingsAnywhere(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Delete photos now' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectNoFindingsAnywhere(page);
});

test('axe finds nothing on the sheet of a phone', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  await page.setViewportSize({ width: 375, height: HEIGHT });
  await page.goto('/storage');
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await expect(page.getByRole('dialog', { name: 'Menu' })).toBeVisible();
  await expectNoFindingsAnywhere(page, [375]);
});

test('axe finds nothing on a new token, and when one is revoked', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  await page.goto('/settings/tokens');
  await page.getByLabel('Name', { exact: true }).fill('ci');
  await page.getByRole('button', { name: 'Create token' }).click();
  await expect(page.getByTestId('token')).toBeVisible();
  await expectNoFindingsAnywhere(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Revoke ci' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectNoFindingsAnywhere(page);
});

test('axe finds nothing in the trash while rows are selected, nor when it asks, and nothing overflows', async ({
  page,
  person,
}) => {
  await fill(person);
  const list = await call<{ _id: string }[]>('artifact.list', {}, person.session);
  await call('artifact.deleteMany', { ids: list.map(({ _id }) => _id) }, person.session);
  await expectAccessible(page, '/storage/trash');
  await page.getByRole('checkbox', { name: 'Select photos' }).click();
  await page.keyboard.press('j');
  await expectNoFindingsAnywhere(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: /^Delete a-long-name/ }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectNoFindingsAnywhere(page);
  await expectNoSidewaysScroll(page);
});

test('two people have two pages', async ({ page, person }) => {
  await push(await newPerson('olga'), { name: 'of-olga', isPublic: true });
  await push(person, { name: 'of-vera' });
  await page.goto('/storage');
  await expect(page.getByText('of-vera')).toBeVisible();
  await expect(page.getByText('of-olga')).toHaveCount(0);
});
