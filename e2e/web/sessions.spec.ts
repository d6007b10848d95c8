import { expect } from '@playwright/test';
import { expectAccessible, expectNoFindings, expectNoSidewaysScroll } from './support/accessibility.ts';
import { call, type Person } from './support/api.ts';
import { tabTo } from './support/keyboard.ts';
import { test } from './support/test.ts';

/** Signs in once more, as a script does. */
async function signInElsewhere({ name, password }: Person): Promise<string> {
  return (await call<{ token: string }>('user.identity.passwordLogin', { name, password })).token;
}

test('each place where one is logged in stands there, this one marked, and another is signed out', async ({
  page,
  person,
}) => {
  const elsewhere = await signInElsewhere(person);
  await page.goto('/settings/sessions');
  const rows = page.getByRole('table', { name: 'Browsers' }).getByRole('row');
  // The header is one of them.
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: 'This one' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'This one' }).getByRole('button')).toHaveCount(0);
  await page.getByRole('button', { name: /^Sign out node/ }).click();
  await expect(page.getByText(/was signed out\.$/)).toBeVisible();
  await expect(rows).toHaveCount(2);
  await expect(call('user.identity.whoami', {}, elsewhere)).rejects.toThrow();
  await page.reload();
  await expect(rows).toHaveCount(2);
});

test('all others are signed out by keyboard alone, after a question', async ({ page, person }) => {
  const others = [await signInElsewhere(person), await signInElsewhere(person)];
  await page.goto('/settings/sessions');
  await tabTo(page, page.getByRole('button', { name: 'Sign out all others' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Sign out everywhere else?' });
  await expect(dialog).toBeVisible();
  await expectNoFindings(page);
  await tabTo(page, dialog.getByRole('button', { name: 'Sign out' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 others were signed out.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign out all others' })).toBeDisabled();
  for (const other of others) await expect(call('user.identity.whoami', {}, other)).rejects.toThrow();
  expect(await call('user.identity.whoami', {}, person.session)).toMatchObject({ name: person.name });
});

test('axe finds nothing on the sessions in both themes, and nothing overflows', async ({ page, person }) => {
  await signInElsewhere(person);
  await expectAccessible(page, '/settings/sessions');
  await expectNoSidewaysScroll(page);
});
