import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessibility.ts';
import { call, push } from './support/api.ts';
import { tabTo } from './support/keyboard.ts';
import { test } from './support/test.ts';

const HOSTILE = '<b>\u202e name';

test('what was done stands there, the latest first, is narrowed by kind and by name, and comes as a file', async ({
  page,
  person,
}) => {
  await push(person, { name: HOSTILE });
  await call('user.pat.create', { name: 'ci' }, person.session);
  const wrong = { name: person.name, password: 'not the password' };
  await expect(call('user.identity.passwordLogin', wrong)).rejects.toThrow();
  await page.goto('/settings/activity');
  const rows = page.getByRole('table', { name: 'Activity' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('Refused: wrong password');
  await expect(rows.nth(2)).toContainText('Created the token ci');
  await expect(rows.nth(3)).toContainText(`Pushed ${HOSTILE} for the first time`);
  await expect(rows.last()).toContainText('Account made');

  await page.getByRole('navigation', { name: 'Kinds' }).getByRole('link', { name: 'Tokens' }).click();
  await expect(page).toHaveURL('/settings/activity?kind=token');
  await expect(rows).toHaveCount(2);
  await page.goto('/settings/activity');
  await tabTo(page, page.getByRole('searchbox', { name: 'Filter by name or address' }));
  await page.keyboard.type('NAME');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('Pushed');

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text.split('\r\n')[1]).toContain('session.refuse');
});

test('axe finds nothing on the activity in both themes, and nothing overflows', async ({ page, person }) => {
  await push(person, { name: HOSTILE.repeat(10) });
  await expectAccessible(page, '/settings/activity');
  await expectNoSidewaysScroll(page);
});
