import { expect } from '@playwright/test';
import { call, given } from './support/api.ts';
import { test } from './support/test.ts';

test('a token is shown once, works, and fails once it is revoked', async ({ page, person }) => {
  await page.goto('/settings/tokens');
  await page.getByLabel('Name', { exact: true }).fill('notebook');
  await page.getByLabel('Expires').selectOption('365');
  await page.getByRole('button', { name: 'Create token' }).click();
  const token = (await page.getByTestId('token').textContent()) ?? '';
  await expect(page.getByText(`export JINA_HUBBLE_REGISTRY=${given('GS_URL')}`)).toBeVisible();
  await expect(page.getByText(`export JINA_AUTH_TOKEN=${token}`)).toBeVisible();
  expect(await call('user.identity.whoami', {}, token)).toMatchObject({ name: person.name });

  await page.reload();
  const row = page.getByRole('row', { name: /notebook/ });
  await expect(row.getByText(token.slice(0, 8))).toBeVisible();
  await expect(page.getByText(token)).toHaveCount(0);

  await page.getByRole('button', { name: 'Revoke notebook' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Revoke notebook?' })).toBeVisible();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('notebook was revoked.')).toBeVisible();
  await expect(row).toHaveCount(0);
  await expect(call('user.identity.whoami', {}, token)).rejects.toThrow();
});

test('a second token of a name is refused inside the form, which keeps the name', async ({
  page,
  person,
}) => {
  await call('user.pat.create', { name: 'ci', expirationDays: 7 }, person.session);
  await page.goto('/settings/tokens');
  await page.getByLabel('Name', { exact: true }).fill('ci');
  await page.getByRole('button', { name: 'Create token' }).click();
  await expect(page.getByText('You already have a token named ci.')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('ci');
  await expect(page.getByTestId('token')).toHaveCount(0);
});
