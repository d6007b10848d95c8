import { expect } from '@playwright/test';
import { call, push } from './support/api.ts';
import { tabTo } from './support/keyboard.ts';
import { test } from './support/test.ts';

const PAGE_SIZE = 50;
const HOSTILE = '<img src=x onerror="document.title=1"> & \u202e"quotes"';

test('a name is text, whatever it holds, and branding is one icon and a colour', async ({ page, person }) => {
  const branding = { icon: '🚀🚀', background: 'url(https://evil.example/x)' };
  await push(person, { name: HOSTILE, metaData: { branding } });
  await page.goto('/storage');
  await expect(page.getByText(HOSTILE, { exact: true })).toBeVisible();
  await expect(page.getByText('🚀', { exact: true })).toHaveCSS('background-image', 'none');
  await page.getByRole('button', { name: `Delete ${HOSTILE}` }).click();
  await expect(page.getByText(`${HOSTILE} is in the trash.`)).toBeVisible();
  await page.goto('/storage/trash');
  await page.getByRole('button', { name: `Delete ${HOSTILE} now` }).click();
  await expect(page.getByRole('alertdialog', { name: `Delete ${HOSTILE} now?` })).toBeVisible();
  await expect(page.locator('img')).toHaveCount(0);
});

test('search, sort and page stand in the URL and survive a reload', async ({ page, person }) => {
  const names = Array.from({ length: PAGE_SIZE + 2 }, (_, index) => `set-${String(index).padStart(2, '0')}`);
  for (const name of names) await push(person, { name });
  await page.goto('/storage');
  await expect(page.getByText(`1–${PAGE_SIZE} of ${names.length}`)).toBeVisible();

  await page.getByRole('link', { name: 'Name' }).click();
  await expect(page).toHaveURL('/storage?sort=name');
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL('/storage?sort=name&page=2');
  await expect(page.getByText('set-51')).toBeVisible();
  await expect(page.getByText('set-00')).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('set-51')).toBeVisible();

  await page.getByRole('searchbox').fill('SET-0');
  await expect(page).toHaveURL('/storage?search=SET-0&sort=name');
  await expect(page.getByText('1–10 of 10')).toBeVisible();
  await page.getByRole('searchbox').fill('nothing like it');
  await page.getByRole('link', { name: 'Clear the search' }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await expect(page.getByText(`1–${PAGE_SIZE} of ${names.length}`)).toBeVisible();
});

test('a page past the end is the last one', async ({ page, person }) => {
  await push(person, { name: 'only' });
  await page.goto('/storage?page=9');
  await expect(page).toHaveURL('/storage');
  await expect(page.getByText('only')).toBeVisible();
});

test('a change that fails goes back, and says why with the id of its request', async ({ page, person }) => {
  await push(person, { name: 'photos' });
  await page.goto('/storage');
  await page.route('**/v2/rpc/artifact.*', (route) =>
    route.fulfill({
      status: 500,
      headers: { 'X-Request-Id': 'the-request' },
      json: { code: 500, status: 50001, message: 'The server made a mistake. (request the-request)' },
    }),
  );
  await page.getByRole('button', { name: 'Access to photos: Private' }).click();
  await page.getByRole('menuitemradio', { name: /Public/ }).click();
  await expect(page.getByText('The server made a mistake.', { exact: true })).toBeVisible();
  await expect(page.getByText('Request the-request')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy the id' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Access to photos: Private' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete photos' }).click();
  await expect(page.getByRole('button', { name: 'Delete photos' })).toBeEnabled();
});

test('what happened elsewhere is there when the person comes back to the page', async ({ page, person }) => {
  await page.goto('/storage');
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  await push(person, { name: 'from-a-notebook' });
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(page.getByText('from-a-notebook')).toBeVisible();
});

test('the empty page teaches with this server and this namespace', async ({ page, person }) => {
  await page.goto('/storage');
  await expect(page.getByText(`photos.push('${person.name}/my-photos')`)).toBeVisible();
  await page.getByRole('tab', { name: 'docarray 0.30' }).click();
  await expect(page.getByText(`jac://${person.name}/my-photos`).first()).toBeVisible();
});

test('the access menu and a deletion work by keyboard alone', async ({ page, person }) => {
  await push(person, { name: 'photos' });
  await page.goto('/storage');
  const access = page.getByRole('button', { name: /^Access to photos/ });
  await tabTo(page, access);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemradio', { name: /Private/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  // The menu moves the focus a moment after the key.
  await expect(page.getByRole('menuitemradio', { name: /Public/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(access).toHaveAccessibleName('Access to photos: Public');
  await expect(access).toBeFocused();

  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Delete photos' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  expect(await call('artifact.list', {}, person.session)).toEqual([]);
});

test('the page stays where it is when a row leaves it', async ({ page, person }) => {
  for (const name of ['apples', 'birds', 'cars', 'dunes', 'elms']) await push(person, { name });
  await page.setViewportSize({ width: 1280, height: 480 });
  await page.goto('/storage');
  const place = () => page.evaluate(() => scrollY);
  expect(await place()).toBe(0);
  await page.getByRole('button', { name: 'Delete elms' }).click();
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page.getByRole('row', { name: /elms/ })).toHaveCount(0);
  expect(await place()).toBe(0);
});
