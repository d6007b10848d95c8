import { expect } from '@playwright/test';
import { newSigner } from '#lib/testing/signatures.ts';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessibility.ts';
import { call } from './support/api.ts';
import { test } from './support/test.ts';

const PATH = '/settings/signing-keys';

test('a key is added from its file, listed with its fingerprint, and removed', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  const { pem } = newSigner();
  await page.goto(PATH);
  await page.getByLabel('Name', { exact: true }).fill('laptop');
  const file = { name: 'cosign.pub', mimeType: 'text/plain', buffer: Buffer.from(pem) };
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Public key: choose a file' }).click();
  await (await chooser).setFiles(file);
  await expect(page.getByLabel('Public key', { exact: true })).toHaveValue(pem);
  await page.getByRole('button', { name: 'Add the key' }).click();
  await expect(page.getByText('Signatures by laptop count from now on.')).toBeVisible();
  const row = page.getByRole('row', { name: /laptop/ });
  await expect(row).toContainText('ECDSA P-256');
  await expect(row.getByRole('button', { name: 'Copy the fingerprint of laptop' })).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('');

  await page.getByRole('button', { name: 'Remove laptop' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Remove laptop?' });
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('laptop was removed.')).toBeVisible();
  await expect(row).toHaveCount(0);
  await page.goto('/settings/activity');
  await expect(page.getByText('Removed the signing key laptop')).toBeVisible();
  await expect(page.getByText('Added the signing key laptop')).toBeVisible();
});

test('a private key is refused inside the form, which keeps what was typed', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  await page.goto(PATH);
  await page.getByLabel('Name', { exact: true }).fill('laptop');
  await page.getByLabel('Public key', { exact: true }).fill(newSigner().privatePem);
  await page.getByRole('button', { name: 'Add the key' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'must stay with you' })).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('laptop');
});

test('axe finds nothing on the signing keys in both themes, and nothing overflows', async ({
  page,
  person,
}) => {
  const names = ['laptop', `a name without a break ${'x'.repeat(70)}`];
  for (const name of names) await call('signingKey.add', { name, pem: newSigner().pem }, person.session);
  await expectAccessible(page, PATH);
  await expectNoSidewaysScroll(page);
});
