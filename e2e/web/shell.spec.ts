import { expect, type Page } from '@playwright/test';
import { expectNoFindings } from './support/accessibility.ts';
import { newPerson, push } from './support/api.ts';
import { test } from './support/test.ts';

const HEIGHT = 800;

const rail = (page: Page) => page.getByRole('complementary', { name: 'Sections, space and account' });
const fold = (page: Page) => page.getByRole('button', { name: 'Fold the rail' });

async function railWidth(page: Page): Promise<number> {
  return (await rail(page).boundingBox())?.width ?? 0;
}

test('the rail folds to icons, by key, and is so from the first paint of the next load on', async ({
  page,
  person,
}) => {
  expect(person.name).toBeTruthy();
  await page.setViewportSize({ width: 1440, height: HEIGHT });
  await page.goto('/storage');
  expect(await railWidth(page)).toBe(224);
  await expect(fold(page)).toHaveAttribute('aria-pressed', 'false');
  await fold(page).focus();
  await page.keyboard.press('Enter');
  await expect(fold(page)).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => railWidth(page)).toBe(56);
  await expect(rail(page).getByRole('link', { name: 'Settings' })).toBeVisible();
  await expectNoFindings(page);

  await page.route('**/*.js*', (route) => route.abort());
  await page.reload();
  expect(await railWidth(page)).toBe(56);
  await expect(fold(page)).toHaveAttribute('aria-pressed', 'true');

  await page.unroute('**/*.js*');
  await page.reload();
  await fold(page).click();
  await expect.poll(() => railWidth(page)).toBe(224);
  await page.reload();
  expect(await railWidth(page)).toBe(224);
});

test('between 768 and 960 px the rail is icons without a button, and below it a sheet with words', async ({
  page,
  person,
}) => {
  expect(person.name).toBeTruthy();
  await page.setViewportSize({ width: 800, height: HEIGHT });
  await page.goto('/storage');
  expect(await railWidth(page)).toBe(56);
  await expect(fold(page)).toBeHidden();
  await page.setViewportSize({ width: 1440, height: HEIGHT });
  await fold(page).click();
  await page.setViewportSize({ width: 375, height: HEIGHT });
  await page.getByRole('button', { name: 'Open the menu' }).click();
  const link = page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: 'Settings' });
  await expect(link).toBeVisible();
  expect((await link.getByText('Settings').boundingBox())?.width).toBeGreaterThan(20);
});

test('the first Tab goes to the link that skips to the content', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  await page.goto('/storage');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('going to another page is announced by its title', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  await page.goto('/storage');
  const announced = page.getByRole('alert');
  for (const [link, title] of [
    ['Trash', 'Trash · Groundstation'],
    ['Settings', 'Profile · Groundstation'],
    ['Tokens', 'Tokens · Groundstation'],
    ['Storage', 'Storage · Groundstation'],
  ] as const) {
    await page.getByRole('link', { name: link }).first().click();
    await expect(page).toHaveTitle(title);
    await expect(announced.filter({ hasText: title })).toBeAttached();
  }
});

test('each page has one heading of the first level and a title that names the thing', async ({
  page,
  person,
}) => {
  await push(person, { name: 'photos' });
  const olga = await newPerson('olga');
  await push(olga, { name: 'of-olga', isPublic: true });
  for (const [path, heading, title] of [
    ['/storage', 'Storage', 'Storage'],
    ['/storage/trash', 'Storage', 'Trash'],
    [`/storage/${person.name}/photos`, 'photos', 'photos'],
    [`/storage/${olga.name}/of-olga`, 'of-olga', 'of-olga'],
    ['/settings/profile', 'Settings', 'Profile'],
    ['/settings/tokens', 'Settings', 'Tokens'],
    ['/settings/appearance', 'Settings', 'Appearance'],
    ['/nowhere', 'There is nothing here', 'Not found'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveText(heading);
    await expect(page, path).toHaveTitle(`${title} · Groundstation`);
  }
});

test('the page with every part is for development alone', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  const response = await page.goto('/dev/parts');
  expect(response?.status()).toBe(404);
});
