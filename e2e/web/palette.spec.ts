import { expect, type Page } from '@playwright/test';
import { expectNoFindings } from './support/accessibility.ts';
import { newPerson, push } from './support/api.ts';
import { test } from './support/test.ts';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search or go to' });
const field = (page: Page) => page.getByRole('combobox', { name: 'Search or go to' });
const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name });
const control = (page: Page) => page.getByRole('button', { name: 'Search or go to' });

/** The keys are heard once the page is alive, of which the mark is the sign. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByText('Live', { exact: true })).toBeAttached();
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
}

test('Ctrl K finds an artifact by a part of its name, and Enter opens it', async ({ page, person }) => {
  await push(person, { name: 'birds/Mel 2026?' });
  await push(person, { name: 'photos' });
  await push(await newPerson('olga'), { name: 'birds-of-olga', isPublic: true });
  await open(page, '/settings/tokens');
  await openPalette(page);
  await page.keyboard.type('birds');
  await expect(option(page, /birds\/Mel 2026\?/)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('option')).toHaveCount(1);
  await expect(page.getByRole('status').filter({ hasText: 'One artifact' })).toBeAttached();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'birds/Mel 2026?' })).toBeVisible();
  await expect(palette(page)).toHaveCount(0);
  await expect(page.getByRole('main')).toBeFocused();
});

test('the control opens it as well; arrows choose a page, Escape closes and gives the focus back', async ({
  page,
  person,
}) => {
  await push(person, { name: 'photos' });
  await open(page, '/storage');
  await control(page).click();
  await expect(field(page)).toBeFocused();
  await expect(option(page, 'Storage')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(option(page, /^Trash$/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);
  await expect(control(page)).toBeFocused();

  await page.getByRole('button', { name: 'More for photos' }).focus();
  await openPalette(page);
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'More for photos' })).toBeFocused();

  await openPalette(page);
  await page.keyboard.type('deleted');
  await expect(option(page, /^Trash$/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/storage/trash');
});

test('create a token from anywhere: the name can be typed at once', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  await open(page, '/storage');
  await openPalette(page);
  await page.keyboard.type('new token');
  await expect(option(page, 'Create a token')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
});

test('the theme is switched, and the palette says which one is in use', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  await open(page, '/storage');
  await openPalette(page);
  await page.keyboard.type('dark theme');
  await expect(option(page, 'Theme: Dark')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toHaveCount(0);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await openPalette(page);
  await expect(option(page, 'Theme: Dark in use')).toBeVisible();
});

test('a slash goes to the filter of a list, opens the palette where there is none, and is a letter in a field', async ({
  page,
  person,
}) => {
  await push(person, { name: 'photos' });
  await open(page, '/storage');
  await page.keyboard.press('/');
  const filter = page.getByRole('searchbox', { name: 'Filter by name' });
  await expect(filter).toBeFocused();
  await page.keyboard.press('/');
  await expect(filter).toHaveValue('/');
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toHaveCount(0);

  await open(page, '/settings/profile');
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue('');
});

test('more than fit lead to the list with that search', async ({ page, person }) => {
  for (let index = 0; index < 8; index += 1) await push(person, { name: `run-${index}` });
  await open(page, '/settings/profile');
  await openPalette(page);
  await page.keyboard.type('run');
  await option(page, 'Show all 8 in Storage').click();
  await expect(page).toHaveURL('/storage?search=run');
});

test('no match is said, and a failure can be tried again', async ({ page, person }) => {
  await push(person, { name: 'photos' });
  await open(page, '/storage');
  await page.route('**/v2/rpc/artifact.list', (route) => route.abort());
  await openPalette(page);
  await page.keyboard.type('photos');
  await expect(palette(page).getByText('The server does not answer.')).toBeVisible();
  await expectNoFindings(page);
  await page.unroute('**/v2/rpc/artifact.list');
  await page.keyboard.press('Enter');
  await expect(option(page, /photos/)).toHaveAttribute('aria-selected', 'true');
  await field(page).fill('nothing-like-it');
  await expect(palette(page).getByText('nothing of yours has nothing-like-it in its name')).toBeVisible();
  await expectNoFindings(page);
});

test('the newest question wins, however late an older answer comes', async ({ page, person }) => {
  await push(person, { name: 'alpha' });
  await push(person, { name: 'beta' });
  await open(page, '/storage');
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/v2/rpc/artifact.list', async (route) => {
    if (route.request().postDataJSON().search === 'alpha') await held;
    await route.continue().catch(() => {});
  });
  await openPalette(page);
  const cancelled = page.waitForEvent('requestfailed', (request) => request.url().endsWith('artifact.list'));
  const asked = page.waitForRequest('**/v2/rpc/artifact.list');
  await field(page).fill('alpha');
  await asked;
  await field(page).fill('beta');
  await expect(option(page, /beta/)).toBeVisible();
  await cancelled;
  release();
  await expect(option(page, /alpha/)).toHaveCount(0);
  await expect(option(page, /beta/)).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the open palette, ${colorScheme}, on a phone and a desk`, async ({
    page,
    person,
  }) => {
    await push(person, { name: `a-long-name-${'x'.repeat(200)}` });
    await page.emulateMedia({ colorScheme });
    for (const width of [375, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await open(page, '/storage');
      await control(page).click();
      await field(page).fill('a');
      await expect(option(page, /a-long-name/)).toBeVisible();
      await expectNoFindings(page);
      const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(contentWidth).toBeLessThanOrEqual(width);
    }
  });
}
