import { expect, type Page } from '@playwright/test';
import { given } from './support/api.ts';
import { makeExecutor, onDatabase } from './support/executors.ts';
import { test } from './support/test.ts';

/** What assistive technology is told of the pages of Executors; see structure.spec.ts. */
const main = (page: Page) => page.getByRole('main');

test('the structure of the Executors page holds, full, narrowed and empty', async ({ page, person }) => {
  await page.goto('/executors');
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  await expect(main(page)).toMatchAriaSnapshot({ name: 'executors-empty.aria.yml' });
  await onDatabase(given('GS_DATABASE_URL'), (client) => makeExecutor(client, person, { name: 'Alpha' }));
  await page.goto('/executors?sort=name');
  await expect(page.getByRole('row', { name: /Alpha/ })).toBeVisible();
  await expect(main(page)).toMatchAriaSnapshot({ name: 'executors.aria.yml' });
  await page.goto('/executors?search=nothing&access=public');
  await expect(page.getByText('No Executor of yours is public')).toBeVisible();
  await expect(main(page)).toMatchAriaSnapshot({ name: 'executors-no-match.aria.yml' });
});

test('the structure of an Executor holds on each of its tabs', async ({ page, person }) => {
  await onDatabase(given('GS_DATABASE_URL'), (client) => makeExecutor(client, person, { name: 'Alpha' }));
  for (const tab of ['readme', 'arguments', 'endpoints', 'dependencies', 'tags', 'files', 'settings']) {
    await page.goto(`/executors/${person.name}/Alpha?tab=${tab}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Alpha' })).toBeVisible();
    await expect(main(page)).toMatchAriaSnapshot({ name: `executor-${tab}.aria.yml` });
  }
});
