import { expect } from '@playwright/test';
import {
  expectNoFindings,
  expectNoFindingsAnywhere,
  expectNoSidewaysScroll,
} from './support/accessibility.ts';
import { call, push } from './support/api.ts';
import { tabTo } from './support/keyboard.ts';
import { test } from './support/test.ts';

test('a token is limited to some names where it is made, and the list says so', async ({ page, person }) => {
  await push(person, { name: 'eval-1' });
  await push(person, { name: 'prod-1' });
  await page.goto('/settings/tokens');
  await page.getByLabel('Name', { exact: true }).fill('ci');
  await page.getByLabel('Only for names like').fill('eval-*');
  await page.getByRole('checkbox', { name: /^Delete/ }).uncheck();
  await page.getByRole('button', { name: 'Create token' }).click();
  const token = (await page.getByTestId('token').textContent()) ?? '';
  await expect(page.getByRole('row', { name: /ci/ })).toContainText('pull, push, tokens of eval-*');
  const listed = await call<{ name: string }[]>('artifact.list', {}, token);
  expect(listed.map(({ name }) => name)).toEqual(['eval-1']);
  await expect(call('artifact.getDetail', { name: 'prod-1' }, token)).rejects.toThrow(/There is no/);
});

test('a token is renamed and replaced by keyboard alone; both texts work until the old one ends', async ({
  page,
  person,
}) => {
  const { token: old } = await call<{ token: string }>('user.pat.create', { name: 'ci' }, person.session);
  await page.goto('/settings/tokens');
  const more = page.getByRole('button', { name: 'More for ci' });
  await tabTo(page, more);
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Rename' }).press('Enter');
  const renaming = page.getByRole('dialog', { name: 'Rename ci' });
  await expect(renaming.getByLabel('New name')).toBeFocused();
  await expectNoFindings(page);
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Rename' }).press('Enter');
  await renaming.getByLabel('New name').fill('nightly');
  await page.keyboard.press('Enter');
  await expect(page.getByText('It is called nightly now.')).toBeVisible();

  await tabTo(page, page.getByRole('button', { name: 'More for nightly' }));
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Replace' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Replace nightly' })).toBeVisible();
  await expectNoFindings(page);
  await tabTo(page, page.getByRole('button', { name: 'Replace', exact: true }));
  await page.keyboard.press('Enter');
  const token = (await page.getByTestId('token').textContent()) ?? '';
  expect(token).not.toBe(old);
  for (const text of [old, token]) expect(await call('user.identity.whoami', {}, text)).toBeTruthy();
  const rows = page.getByRole('table', { name: 'Your tokens' }).getByRole('row', { name: /nightly/ });
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'Being replaced, until' })).toHaveCount(1);
  await expectNoFindingsAnywhere(page);
});

test('a token that ends within days is pointed out in words, and where a token was used last', async ({
  page,
  person,
}) => {
  const made = await call<{ token: string }>(
    'user.pat.create',
    { name: 'short', expirationDays: 5 },
    person.session,
  );
  await call('user.pat.create', { name: 'long', expirationDays: 90 }, person.session);
  await call('user.identity.whoami', {}, made.token);
  const row = page.getByRole('row', { name: /short/ });
  await expect(async () => {
    await page.goto('/settings/tokens');
    await expect(row).toContainText('just now', { timeout: 1_000 });
  }).toPass();
  await expect(row).toContainText(/10\.[\d.]+, node/);
  await expect(row).toContainText('Ends in 4 days');
  await expect(page.getByText('One token ends within 7 days: short.')).toBeVisible();
  await expect(page.getByRole('row', { name: /long/ })).toContainText('never used');
  await expectNoFindingsAnywhere(page);
  await expectNoSidewaysScroll(page);
});
