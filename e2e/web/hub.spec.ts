import { expect } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessibility.ts';
import { given, newPerson } from './support/api.ts';
import { makeExecutor, onDatabase } from './support/executors.ts';
import { enter } from './support/keyboard.ts';
import { test } from './support/test.ts';

const KEYWORD = `word${Math.random().toString(36).slice(2, 10)}`;

test('without an account: search, a typing error, a keyword, an order, and the page of one', async ({
  page,
}) => {
  const owner = await newPerson('ada');
  await onDatabase(given('GS_DATABASE_URL'), async (client) => {
    const make = (name: string, description: string, pulls: number) =>
      makeExecutor(client, owner, { name, description, keywords: [KEYWORD], visibility: 'public' }).then(
        ({ id }) => client.query('UPDATE executor SET pulls = $2 WHERE id = $1', [id, pulls]),
      );
    await make('Larkspotter', 'Listens to ornithology recordings.', 5);
    await make('AardvarkFinder', 'Finds aardvarks.', 500);
    await makeExecutor(client, owner, { name: 'HiddenThing', keywords: [KEYWORD] });
  });
  const names = page.getByRole('list', { name: 'Executors' }).getByRole('heading');
  await page.goto(`/hub?keyword=${KEYWORD}`);
  await expect(names).toHaveText([/AardvarkFinder/, /Larkspotter/]);
  await page.getByRole('link', { name: 'Name', exact: true }).click();
  await expect(page).toHaveURL(/sort=name/);
  await page.getByRole('searchbox', { name: 'Search the Hub' }).fill('ornithology');
  await expect(names).toHaveText([/Larkspotter/]);
  await page.getByRole('searchbox', { name: 'Search the Hub' }).fill('ornitology');
  await expect(names).toHaveText([/Larkspotter/]);
  await expect(page.getByText('spelled much like it')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the Hub' }).fill('qqqqzzzz');
  await expect(page.getByText('Nothing public has the keyword')).toBeVisible();
  await page.goto(`/hub?keyword=${KEYWORD}&search=lark`);
  await expectAccessible(page, page.url());
  await expectNoSidewaysScroll(page);
  await enter(page, page.getByRole('link', { name: `${owner.name}/Larkspotter` }));
  await expect(page.getByRole('heading', { level: 1, name: 'Larkspotter' })).toBeVisible();
});

test('search engines are told to stay away unless the operator lets them', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  await page.goto('/hub');
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex, nofollow');
  await expectAccessible(page, '/hub');
});
