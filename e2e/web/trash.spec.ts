import { expect, type Page } from '@playwright/test';
import { call, type Person, push } from './support/api.ts';
import { docarray } from './support/client.ts';
import { tabTo } from './support/keyboard.ts';
import { test } from './support/test.ts';

const NAMES = ['apples', 'birds', 'cars', 'dunes', 'elms'];

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
const bar = (page: Page) => page.getByRole('region', { name: 'Selected rows' });

/** Puts these into the trash, the last one last; each is ten bytes larger than the one before. */
async function fillTrash(person: Person, names = NAMES): Promise<void> {
  for (const [index, name] of names.entries()) {
    await push(person, { name, bytes: new Uint8Array(10 * (index + 1)) });
    await call('artifact.delete', { name }, person.session);
  }
}

/** The names in the order of the rows. */
async function expectOrder(page: Page, names: string[]): Promise<void> {
  await expect(page.getByRole('button', { name: /^Restore / })).toHaveCount(names.length);
  const labels = page.getByRole('checkbox', { name: /^Select (?!all)/ });
  await expect
    .poll(() => labels.evaluateAll((boxes) => boxes.map((box) => box.getAttribute('aria-label'))))
    .toEqual(names.map((name) => `Select ${name}`));
}

async function liveNames(person: Person): Promise<string[]> {
  const list = await call<{ name: string }[]>('artifact.list', {}, person.session);
  return list.map(({ name }) => name).sort();
}

test('what was deleted is gone for the client, and with Undo it is back', async ({ page, person }) => {
  const texts = ['sunrise', 'noon'];
  const asClient = (...command: string[]) => docarray(person.session, ...command);
  await asClient('push', 'photos', ...texts);
  await page.goto('/storage');
  await page.getByRole('button', { name: 'Delete photos' }).click();
  await expect(page.getByText('photos is in the trash.')).toBeVisible();
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Trash 1' })).toBeVisible();
  await expect(asClient('pull', 'photos')).rejects.toThrow(/404/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Delete photos' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Trash 0' })).toBeVisible();
  expect(await asClient('list')).toEqual(['photos']);
  expect(await asClient('pull', 'photos')).toEqual(texts);
});

test('one is restored and another deleted for good, once its name was typed', async ({ page, person }) => {
  await fillTrash(person, ['kept', 'doomed']);
  await page.goto('/storage');
  await page.getByRole('link', { name: 'Trash 2' }).click();
  await expect(page).toHaveURL('/storage/trash');
  await page.getByRole('button', { name: 'Restore kept' }).click();
  await expect(page.getByText('kept is back.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Restore kept' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Delete doomed now' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete doomed now?' });
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await expect(dialog.getByText('20 bytes and all older versions are deleted for good.')).toBeVisible();
  const confirm = dialog.getByRole('button', { name: 'Delete for good' });
  const field = dialog.getByRole('textbox', { name: 'Type doomed to confirm' });
  await field.fill('kept');
  await expect(confirm).toBeDisabled();
  await field.fill('doomed');
  await confirm.click();
  await expect(page.getByText('The trash is empty.')).toBeVisible();
  await page.getByRole('link', { name: 'Artifacts 1' }).click();
  await expect(page.getByRole('button', { name: 'Delete kept' })).toBeVisible();
});

test('names that are taken again are asked for one after the other', async ({ page, person }) => {
  await fillTrash(person, ['birds', 'photos', 'free']);
  for (const name of ['birds', 'photos']) await push(person, { name });
  await page.goto('/storage/trash?sort=name');
  await page.getByRole('checkbox', { name: 'Select all rows of this page' }).click();
  await bar(page).getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('free is back.')).toBeVisible();

  const first = page.getByRole('dialog', { name: 'Restore birds under another name' });
  await expect(first.getByText('1 more of those that you restore has such a name.')).toBeVisible();
  await first.getByRole('button', { name: 'Leave it in the trash' }).click();
  const second = page.getByRole('dialog', { name: 'Restore photos under another name' });
  await second.getByRole('textbox', { name: 'New name' }).fill('photos');
  await second.getByRole('button', { name: 'Restore' }).click();
  await expect(second.getByText('The name photos is taken again.')).toBeVisible();
  await second.getByRole('textbox', { name: 'New name' }).fill('older-photos');
  await second.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('older-photos is back.')).toBeVisible();
  await expectOrder(page, ['birds']);
  expect(await liveNames(person)).toEqual(['birds', 'free', 'older-photos', 'photos']);
});

test('a name with a slash stays whole when it is restored under another one', async ({ page, person }) => {
  const name = `${person.name}/x`;
  await push(person, { name: `${person.name}/${name}` });
  await call('artifact.delete', { name: `${person.name}/${name}` }, person.session);
  await push(person, { name: `${person.name}/${name}` });
  await page.goto('/storage/trash');
  await page.getByRole('button', { name: `Restore ${name}`, exact: true }).click();
  await expect(page.getByLabel('New name')).toHaveValue(`${name}-restored`);
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText(`${name}-restored is back.`)).toBeVisible();
  expect(await liveNames(person)).toEqual([name, `${name}-restored`]);
});

test('search, sort and page size stand in the URL and survive a reload', async ({ page, person }) => {
  await fillTrash(person);
  await page.goto('/storage/trash');
  await expectOrder(page, NAMES.toReversed());
  for (const [header, address, order] of [
    ['Name', '/storage/trash?sort=name', NAMES],
    ['Name', '/storage/trash?sort=-name', NAMES.toReversed()],
    ['Size', '/storage/trash?sort=-size', NAMES.toReversed()],
    ['Gone for good', '/storage/trash?sort=goneAt', NAMES],
    ['Deleted', '/storage/trash', NAMES.toReversed()],
  ] as const) {
    await page.getByRole('link', { name: header, exact: true }).click();
    await expect(page).toHaveURL(address);
    await expectOrder(page, [...order]);
  }
  await expect(page.getByRole('columnheader', { name: 'Deleted', exact: true })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await page.getByRole('link', { name: 'Name' }).click();
  await page.getByRole('searchbox').fill('S');
  await expect(page).toHaveURL('/storage/trash?search=S&sort=name');
  await expectOrder(page, NAMES);
  await page.getByRole('searchbox').fill('RDS');
  await expectOrder(page, ['birds']);
  await page.reload();
  await expectOrder(page, ['birds']);
  await page.getByRole('searchbox').fill('nothing like it');
  await expect(page.getByText('Nothing in the trash has nothing like it in its name.')).toBeVisible();
  await page.getByRole('link', { name: 'Clear the search' }).click();
  await expect(page).toHaveURL('/storage/trash');
  await page.getByRole('button', { name: '50 a page' }).click();
  await page.getByRole('menuitemradio', { name: '25 a page' }).click();
  await expect(page).toHaveURL('/storage/trash?size=25');
  await expect(page.getByText('1–5 of 5')).toBeVisible();
});

test('a page past the end of the trash is the last one', async ({ page, person }) => {
  await fillTrash(person, ['only']);
  await page.goto('/storage/trash?page=9&sort=name');
  await expect(page).toHaveURL('/storage/trash?sort=name');
  await expect(row(page, 'only')).toBeVisible();
});

test('by keyboard alone some are restored and others deleted for good', async ({ page, person }) => {
  await fillTrash(person);
  await page.goto('/storage/trash?sort=name');
  await expect(row(page, 'apples')).toBeVisible();
  const press = async (key: string, focused: string) => {
    await page.keyboard.press(key);
    await expect(row(page, focused)).toBeFocused();
  };
  await press('j', 'apples');
  await press('j', 'birds');
  await press('ArrowDown', 'cars');
  await press('k', 'birds');
  await page.keyboard.press('x');
  await expect(row(page, 'birds')).toHaveAttribute('aria-selected', 'true');
  await press('j', 'cars');
  await page.keyboard.press('x');
  await expect(bar(page).getByText('2 selected')).toBeVisible();
  await expect(bar(page).getByText('50 bytes')).toBeVisible();
  await tabTo(page, bar(page).getByRole('button', { name: 'Restore' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 are back.')).toBeVisible();
  await expectOrder(page, ['apples', 'dunes', 'elms']);
  await expect(page.getByRole('main')).toBeFocused();

  // Tab led through the last row, and there the keys of the list go on.
  await press('k', 'dunes');
  await press('k', 'apples');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(row(page, 'apples')).toBeFocused();
  await page.keyboard.press('x');
  await expect(row(page, 'apples')).toHaveAttribute('aria-selected', 'true');
  await press('j', 'dunes');
  await page.keyboard.press('x');
  await expect(bar(page).getByText('2 selected')).toBeVisible();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('alertdialog', { name: 'Delete 2 artifacts now?' });
  await expect(dialog.getByRole('button', { name: 'Keep them' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(dialog.getByRole('textbox', { name: 'Type delete 2 to confirm' })).toBeFocused();
  await page.keyboard.type('delete 2');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('button', { name: 'Delete for good' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 artifacts are gone for good.')).toBeVisible();
  await expectOrder(page, ['elms']);
  expect(await liveNames(person)).toEqual(['birds', 'cars']);
});

test('the trash is emptied at once where all of it is in sight', async ({ page, person }) => {
  await fillTrash(person, ['apples', 'birds']);
  await page.goto('/storage/trash?search=apples');
  await expectOrder(page, ['apples']);
  await expect(page.getByRole('button', { name: 'Empty the trash' })).toHaveCount(0);
  await page.goto('/storage/trash');
  await page.getByRole('button', { name: 'Empty the trash' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete 2 artifacts now?' });
  await expect(dialog.getByRole('listitem')).toHaveText(['birds 20 bytes', 'apples 10 bytes']);
  await dialog.getByRole('textbox').fill('delete 2');
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('The trash is empty.')).toBeVisible();
});

test('who deleted it is told as people say it, with the whole text at hand', async ({ page, person }) => {
  await push(person, { name: 'by-hand' });
  await docarray(person.session, 'push', 'by-code', 'text');
  await docarray(person.session, 'delete', 'by-code');
  await page.goto('/storage');
  await page.getByRole('button', { name: 'Delete by-hand' }).click();
  await expect(page.getByText('by-hand is in the trash.')).toBeVisible();
  await page.goto('/storage/trash');
  const cell = row(page, 'by-code').getByRole('cell', { name: 'you, from Python' });
  await expect(cell.getByTitle(/^python-requests\//)).toBeVisible();
  await expect(row(page, 'by-hand').getByRole('cell', { name: 'you, in the browser' })).toBeVisible();
});
