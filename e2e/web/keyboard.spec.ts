import { expect, type Page } from '@playwright/test';
import { openPush } from '#lib/testing/client.ts';
import { call, given, newPerson, push } from './support/api.ts';
import { enter, moveTo, tabTo } from './support/keyboard.ts';
import { test } from './support/test.ts';

/** Tasks that have no test of their own by keyboard alone elsewhere. No test here moves a pointer. */

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const choice = (page: Page, name: string) => page.getByRole('menuitemradio', { name });
const row = (page: Page, name: string) => page.getByRole('row', { name });

async function typeIn(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.type(text);
}

test('signing up, signing out and signing in', async ({ page }) => {
  const { name: taken } = await newPerson('vera');
  const name = `${taken}-2`;
  await page.goto('/signup');
  await typeIn(page, 'Name (optional)', 'Vera Rubin');
  await typeIn(page, 'User name', name);
  await typeIn(page, 'E-mail', `${name}@example.org`);
  await typeIn(page, 'Password', 'a long sentence for her');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/storage');
  await enter(page, button(page, /^Account/));
  await moveTo(page, 'ArrowDown', page.getByRole('menuitem', { name: 'Sign out' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/login/);
  await typeIn(page, 'User name or e-mail', name);
  await typeIn(page, 'Password', 'a long sentence for her');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/storage');
});

test('the first steps of the empty page are copied, for each client', async ({ page, person, context }) => {
  expect(person.name).toBeTruthy();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/storage');
  await tabTo(page, page.getByRole('tab', { name: 'docarray 0.21 and older' }));
  await moveTo(page, 'ArrowRight', page.getByRole('tab', { name: 'Command line' }));
  await expect(page.getByRole('tab', { name: 'Command line' })).toHaveAttribute('aria-selected', 'true');
  await enter(page, page.getByRole('tabpanel').getByRole('button', { name: 'Copy' }));
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('curl -H');
});

test('a list is filtered, sorted and walked through', async ({ page, person }) => {
  await Promise.all(
    Array.from({ length: 27 }, (_, index) =>
      push(person, { name: `set-${index + 10}`, isPublic: index > 1 }),
    ),
  );
  await page.goto('/storage');
  await enter(page, button(page, 'Access'));
  await moveTo(page, 'ArrowDown', choice(page, 'Public'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/storage?access=public');
  await enter(page, button(page, 'Type'));
  await moveTo(page, 'ArrowDown', choice(page, 'Other files'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/storage?type=other&access=public');
  await enter(page, page.getByRole('link', { name: 'Clear the filters' }));
  await expect(page).toHaveURL('/storage');
  await enter(page, page.getByRole('columnheader', { name: 'Name' }).getByRole('link'));
  await expect(page).toHaveURL('/storage?sort=name');
  await enter(page, button(page, '50 a page'));
  await moveTo(page, 'ArrowUp', choice(page, '25 a page'));
  await page.keyboard.press('Enter');
  await expect(page.getByText('1–25 of 27')).toBeVisible();
  await enter(page, page.getByRole('link', { name: 'Next page' }));
  await expect(row(page, 'set-36')).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('set-11');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1–1 of 1')).toBeVisible();
});

test('several are selected, made public, deleted and brought back, and one is downloaded', async ({
  page,
  person,
}) => {
  for (const name of ['apples', 'birds']) await push(person, { name });
  await page.goto('/storage?sort=name');
  await tabTo(page, page.getByRole('checkbox', { name: 'Select all rows of this page' }));
  await page.keyboard.press('Space');
  const bar = page.getByRole('region', { name: 'Selected rows' });
  await enter(page, bar.getByRole('button', { name: 'Access' }));
  await moveTo(page, 'ArrowDown', choice(page, 'Public'));
  await page.keyboard.press('Enter');
  for (const name of ['apples', 'birds'])
    await expect(button(page, `Access to ${name}: Public`)).toBeVisible();
  await enter(page, bar.getByRole('button', { name: 'Delete' }));
  await expect(page.getByText('2 artifacts are in the trash.')).toBeVisible();
  await enter(page, button(page, 'Undo'));
  await expect(row(page, 'apples')).toBeVisible();
  const downloading = page.waitForEvent('download');
  await enter(page, button(page, 'Download apples'));
  expect((await downloading).suggestedFilename()).toBe('apples');
});

test('a push that is arriving is stopped', async ({ page, person }) => {
  await push(person, { name: 'old-one' });
  await page.goto('/storage');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const first = openPush(given('GS_URL'), person.session, 'first');
  await first.write(Buffer.alloc(100_000));
  // It leaves the page at once; what ends before the server hears of it is stored.
  const stopped = page.waitForResponse((response) => response.url().endsWith('/artifact.stopArriving'));
  await enter(page, button(page, 'Stop this push'));
  await expect(page.getByText('A push is arriving')).toHaveCount(0);
  expect((await stopped).status()).toBe(200);
  await first.finish().catch(() => {});
  const names = await call<{ name: string }[]>('artifact.list', {}, person.session);
  expect(names.map(({ name }) => name)).toEqual(['old-one']);
});

test('the parts of an artifact’s page are opened, and the lines that pull it are copied', async ({
  page,
  person,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await push(person, { name: 'photos' });
  await page.goto(`/storage/${person.name}/photos`);
  await enter(page, page.getByRole('link', { name: 'Pulls', exact: true }));
  await expect(page).toHaveURL(/tab=pulls$/);
  await enter(page, page.getByRole('link', { name: 'Overview', exact: true }));
  await expect(page.getByRole('heading', { name: 'Pull it' })).toBeVisible();
  await enter(page, button(page, 'Pull'));
  await moveTo(page, 'ArrowDown', page.getByRole('menuitem', { name: 'curl' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('The lines for curl are copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('curl');
});

test('one is restored from the trash, and another deleted for good', async ({ page, person }) => {
  for (const name of ['doomed', 'kept']) await push(person, { name });
  await call('artifact.deleteMany', { names: ['doomed', 'kept'] }, person.session);
  await page.goto('/storage/trash');
  await enter(page, button(page, 'Restore kept'));
  await expect(page.getByText('kept is back.')).toBeVisible();
  await enter(page, button(page, 'Delete doomed now'));
  await typeIn(page, 'Type doomed to confirm', 'doomed');
  await enter(page, button(page, 'Delete for good'));
  await expect(page.getByText('doomed is gone for good.')).toBeVisible();
  await expect(row(page, 'doomed')).toHaveCount(0);
});

test('a token is made, hidden and revoked', async ({ page, person }) => {
  await page.goto('/settings/tokens');
  await typeIn(page, 'Name', 'notebook');
  await tabTo(page, page.getByLabel('Expires'));
  await page.keyboard.press('ArrowDown');
  await enter(page, button(page, 'Create token'));
  const token = (await page.getByTestId('token').textContent()) ?? '';
  expect(await call('user.identity.whoami', {}, token)).toMatchObject({ name: person.name });
  await enter(page, button(page, 'I have copied it, hide it'));
  await expect(page.getByTestId('token')).toHaveCount(0);
  await enter(page, button(page, 'Revoke notebook'));
  await enter(page, page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }));
  await expect(page.getByText('notebook was revoked.')).toBeVisible();
  await expect(call('user.identity.whoami', {}, token)).rejects.toThrow();
});
