import { expect, type Page } from '@playwright/test';
import {
  expectAccessible,
  expectNoFindingsAnywhere,
  expectNoSidewaysScroll,
} from './support/accessibility.ts';
import { given, newPerson, type Person } from './support/api.ts';
import { addTask, makeExecutor, onDatabase } from './support/executors.ts';
import { enter, tabTo } from './support/keyboard.ts';
import { test } from './support/test.ts';

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
const rows = (page: Page) => page.getByRole('table', { name: 'Your Executors' }).locator('tbody [data-row]');

/** Three Executors of the person's, and one of somebody else. */
async function fill(person: Person): Promise<void> {
  const other = await newPerson('olga');
  await onDatabase(given('GS_DATABASE_URL'), async (client) => {
    await makeExecutor(client, other, { name: 'OfOlga', visibility: 'public' });
    await makeExecutor(client, person, { name: 'Alpha', visibility: 'public' });
    await makeExecutor(client, person, { name: 'Beta', tags: [{ name: 'v1' }, { name: 'latest' }] });
    const { id } = await makeExecutor(client, person, { name: 'Gamma' });
    const failed = { state: 'failed' as const, failure: 'No Executor class found.' };
    const events = [{ type: 'start', subject: 'normalize' }];
    await addTask(client, person, { executorId: id, name: 'Gamma', ...failed, events });
    await addTask(client, person, { executorId: null, name: 'NewOne', state: 'running', events });
  });
}

test('the list is searched, filtered and sorted by its address, and shows only one’s own', async ({
  page,
  person,
}) => {
  await fill(person);
  await page.goto('/executors?sort=name');
  await expect(rows(page)).toHaveText([/Alpha/, /Beta/, /Gamma/]);
  await expect(row(page, 'NewOne')).toContainText('Read the Executor');
  await expect(row(page, 'Gamma')).toContainText('Failed');
  await page.getByRole('searchbox', { name: 'Filter by name' }).fill('bet');
  await expect(page).toHaveURL(/search=bet/);
  await expect(rows(page)).toHaveText([/Beta/]);
  await page.goto('/executors?access=public');
  await expect(rows(page)).toHaveText([/Alpha/]);
  await page.getByRole('link', { name: 'Remove the filter by access' }).click();
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole('link', { name: /^Failed/ }).click();
  await expect(rows(page)).toHaveText([/Gamma/]);
  await page.goto('/executors');
  await page.getByRole('columnheader', { name: 'Size' }).getByRole('link').click();
  await expect(page.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending');
});

test('access changes in the row, and stays', async ({ page, person }) => {
  await fill(person);
  await page.goto('/executors');
  await page.getByRole('button', { name: 'Access to Beta: Private' }).click();
  await page.getByRole('menuitemradio', { name: /Public/ }).click();
  await expect(page.getByRole('button', { name: 'Access to Beta: Public' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Access to Beta: Public' })).toBeVisible();
});

test('with the keyboard alone: select two, delete them, undo, and delete one for good', async ({
  page,
  person,
}) => {
  await fill(person);
  await page.goto('/executors?sort=name');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByRole('region', { name: 'Selected rows' })).toContainText('2 selected');
  await page.keyboard.press('Delete');
  await expect(page.getByText('2 Executors are in the trash.')).toBeVisible();
  await expect(rows(page)).toHaveText([/Gamma/]);
  await enter(page, page.getByRole('button', { name: 'Undo' }));
  await expect(rows(page)).toHaveText([/Alpha/, /Beta/, /Gamma/]);

  await page.keyboard.press('Escape');
  await tabTo(page, page.getByRole('button', { name: 'More for Alpha' }));
  await page.getByRole('button', { name: 'Delete Alpha', exact: true }).click();
  await expect(page.getByText('Alpha is in the trash.')).toBeVisible();
  await page.goto('/executors/trash');
  await enter(page, page.getByRole('button', { name: 'Delete Alpha now' }));
  await page.getByLabel('Type Alpha to confirm').fill('Alpha');
  await enter(page, page.getByRole('button', { name: 'Delete for good' }));
  await expect(page.getByText('The trash is empty.')).toBeVisible();
});

test('a deleted one is restored from the trash', async ({ page, person }) => {
  await fill(person);
  await page.goto('/executors');
  await page.getByRole('button', { name: 'Delete Beta', exact: true }).click();
  await expect(page.getByText('Beta is in the trash.')).toBeVisible();
  await page.goto('/executors/trash');
  await page.getByRole('button', { name: 'Restore Beta' }).click();
  await expect(page.getByText('Beta is back.')).toBeVisible();
  await page.goto('/executors');
  await expect(row(page, 'Beta')).toBeVisible();
});

test('who has none is told how to push, with this server’s address', async ({ page, person }) => {
  await page.goto('/executors');
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  await expect(page.getByRole('main')).toContainText(`export JINA_HUBBLE_REGISTRY=${given('GS_URL')}`);
  await expect(page.getByRole('main')).toContainText(`Listening for a push to ${person.name}`);
  await expect(page.getByRole('main')).toContainText('jina hub push --public .');
  await expectAccessible(page, '/executors');
  await expectNoSidewaysScroll(page);
});

test('axe finds nothing on the list, its menus and the trash, and nothing overflows', async ({
  page,
  person,
}) => {
  await fill(person);
  await expectAccessible(page, '/executors');
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 800 });
  for (const name of ['More for Alpha', /^Access to Alpha/, 'Access']) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await expectNoFindingsAnywhere(page, [1440]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'Delete Alpha', exact: true }).click();
  await expect(page.getByText('Alpha is in the trash.')).toBeVisible();
  await expectAccessible(page, '/executors/trash');
  await expectNoSidewaysScroll(page);
});

test('the palette finds one by a part of its name, and Enter opens it', async ({ page, person }) => {
  await fill(person);
  await page.goto('/settings/tokens');
  await expect(page.getByText('Live', { exact: true })).toBeAttached();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search or go to' })).toBeFocused();
  await page.keyboard.type('amm');
  await expect(page.getByRole('option', { name: /Gamma/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Gamma' })).toBeVisible();
});
