import { expect } from '@playwright/test';
import { call, push } from './support/api.ts';
import { test } from './support/test.ts';

test('what was deleted is back with Undo', async ({ page, person }) => {
  await push(person, { name: 'photos' });
  await page.goto('/storage');
  await page.getByRole('button', { name: 'Delete photos' }).click();
  await expect(page.getByText('photos is in the trash.')).toBeVisible();
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Trash 1' })).toBeVisible();
  expect(await call('artifact.list', {}, person.session)).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Delete photos' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Trash 0' })).toBeVisible();
  expect(await call('artifact.list', {}, person.session)).toMatchObject([{ name: 'photos', version: 1 }]);
});

test('from the trash one is restored, and another deleted for good', async ({ page, person }) => {
  for (const name of ['kept', 'doomed']) await push(person, { name });
  await call('artifact.deleteMany', { names: ['kept', 'doomed'] }, person.session);
  await page.goto('/storage');
  await page.getByRole('link', { name: 'Trash 2' }).click();
  await expect(page).toHaveURL('/storage/trash');
  await page.getByRole('button', { name: 'Restore kept' }).click();
  await expect(page.getByText('kept is back.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Restore kept' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Delete doomed now' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete doomed now?' });
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Delete now' }).click();
  await expect(page.getByText('The trash is empty.')).toBeVisible();
  await page.getByRole('link', { name: 'Artifacts 1' }).click();
  await expect(page.getByRole('button', { name: 'Delete kept' })).toBeVisible();
});

test('a name that is taken again is asked for anew', async ({ page, person }) => {
  await push(person, { name: 'photos' });
  await call('artifact.delete', { name: 'photos' }, person.session);
  await push(person, { name: 'photos', bytes: new Uint8Array(20) });
  await page.goto('/storage/trash');
  await page.getByRole('button', { name: 'Restore photos' }).click();
  await page.getByRole('textbox', { name: 'New name' }).fill('photos');
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(page.getByText('The name photos is taken again.')).toBeVisible();
  await page.getByRole('textbox', { name: 'New name' }).fill('older-photos');
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(page.getByText('older-photos is back.')).toBeVisible();
  await expect(page.getByText('The trash is empty.')).toBeVisible();
});
