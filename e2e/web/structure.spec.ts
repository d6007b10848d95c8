import { expect, type Locator, type Page } from '@playwright/test';
import { documentArray, message } from '#lib/testing/document-array.ts';
import { call, type Person, push } from './support/api.ts';
import { test } from './support/test.ts';

/**
 * What assistive technology is told of each page. The files stand in structure.spec.ts-snapshots; what changes with the
 * day, the person or the run is a pattern there.
 */

const SUMMARY = [
  { name: 'Type', value: 'DocumentArrayInMemory', description: '' },
  { name: 'Length', value: 3, description: '' },
];
/** The header of a DocumentArray of three, as docarray writes it. */
const THREE = new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, 3, 7, 7, 7]);
const METADATA = { summary: SUMMARY, version: { docarray: '0.21.0', python: '3.10.12' } };

async function pushPhotos(person: Person): Promise<string> {
  const { _id } = await push(person, { name: 'photos', isPublic: true, bytes: THREE, metaData: METADATA });
  return _id;
}

async function expectStructure(part: Locator, name: string): Promise<void> {
  await expect(part).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
}

const main = (page: Page) => page.getByRole('main');

for (const [name, path, heading] of [
  ['login', '/login', 'Sign in'],
  ['signup', '/signup', 'Sign up'],
  ['not-found', '/nowhere', 'There is nothing here'],
] as const) {
  test(`the structure of ${path} holds`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expectStructure(main(page), name);
  });
}

test('the structure of the shell holds', async ({ page, person }) => {
  await page.goto('/storage');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect(page.getByText(person.name).first()).toBeVisible();
  await expectStructure(page.getByRole('banner'), 'header');
  await expectStructure(page.getByRole('navigation', { name: 'Main' }), 'rail');
});

test('the structure of the Storage page holds, full, narrowed, selected and empty', async ({
  page,
  person,
}) => {
  await page.goto('/storage');
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  await expectStructure(main(page), 'storage-empty');
  await pushPhotos(person);
  await push(person, { name: 'weights', bytes: new Uint8Array(2_000_000) });
  await page.goto('/storage?sort=name');
  await expect(page.getByRole('row', { name: /weights/ })).toBeVisible();
  await expectStructure(main(page), 'storage');
  await page.getByRole('checkbox', { name: 'Select photos' }).click();
  await expectStructure(page.getByRole('region', { name: 'Selected rows' }), 'storage-selected');
  await page.getByRole('button', { name: 'More for photos' }).click();
  await expect(page.getByRole('menuitem', { name: 'Open' })).toBeVisible();
  await expectStructure(page.getByRole('menu'), 'storage-row-menu');
  await page.goto('/storage?search=nothing&access=public');
  await expect(page.getByText('Nothing of yours is public')).toBeVisible();
  await expectStructure(main(page), 'storage-no-match');
});

test('the structure of an artifact holds on each of its tabs, and where there is none', async ({
  page,
  person,
}) => {
  const id = await pushPhotos(person);
  const { download } = await call<{ download: string }>('artifact.getDownloadUrl', { id }, person.session);
  await (await fetch(download)).arrayBuffer();
  for (const tab of ['overview', 'pulls', 'settings']) {
    await page.goto(`/storage/${person.name}/photos?tab=${tab}`);
    await expect(page.getByRole('heading', { level: 1, name: 'photos' })).toBeVisible();
    await expectStructure(main(page), `artifact-${tab}`);
  }
  await page.goto(`/storage/${person.name}/not-there`);
  await expect(page.getByRole('heading', { level: 1, name: /not/i })).toBeVisible();
  await expectStructure(main(page), 'artifact-absent');
});

test('the structure of an artifact’s fields holds', async ({ page, person }) => {
  const document = message([1, 'a1'], [4, 'Sofa'], [14, message([1, 'a2'])]);
  await push(person, { name: 'photos', bytes: new Uint8Array(documentArray([document])) });
  await page.goto(`/storage/${person.name}/photos`);
  await expectStructure(page.getByRole('region', { name: /^Fields/ }), 'artifact-fields');
});

test('the structure of the trash holds, full, asking, narrowed and empty', async ({ page, person }) => {
  await page.goto('/storage/trash');
  await expect(page.getByText('The trash is empty.')).toBeVisible();
  await expectStructure(main(page), 'trash-empty');
  const id = await pushPhotos(person);
  await call('artifact.delete', { id }, person.session);
  await page.reload();
  await expect(page.getByRole('row', { name: /photos/ })).toBeVisible();
  await expectStructure(main(page), 'trash');
  await page.getByRole('button', { name: 'Delete photos now' }).click();
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await expectStructure(page.getByRole('alertdialog'), 'trash-dialog');
  await page.goto('/storage/trash?search=nothing');
  await expect(page.getByText('Nothing in the trash')).toBeVisible();
  await expectStructure(main(page), 'trash-no-match');
});

test('the structure of the tokens page holds, empty and with a new secret', async ({ page, person }) => {
  await page.goto('/settings/tokens');
  await expect(page.getByRole('button', { name: 'Create token' })).toBeVisible();
  await expectStructure(main(page), 'tokens');
  await page.getByLabel('Name', { exact: true }).fill('notebook');
  await page.getByRole('button', { name: 'Create token' }).click();
  await expect(page.getByTestId('token')).toBeVisible();
  await expect(page.getByRole('row', { name: /notebook/ })).toBeVisible();
  await expectStructure(main(page), 'tokens-secret');
  expect(person.name).toBeTruthy();
});

test('the structure of the other settings holds, and of what asks before a token is revoked', async ({
  page,
  person,
}) => {
  for (const name of ['profile', 'appearance']) {
    await page.goto(`/settings/${name}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
    await expectStructure(main(page), name);
  }
  await call('user.pat.create', { name: 'ci' }, person.session);
  await page.goto('/settings/tokens');
  await page.getByRole('button', { name: 'Revoke ci' }).click();
  await expectStructure(page.getByRole('alertdialog'), 'token-dialog');
});

test('the structure of the palette and of the dialog for another name holds', async ({ page, person }) => {
  await push(person, { name: 'photos' });
  await call('artifact.delete', { name: 'photos' }, person.session);
  await push(person, { name: 'photos' });
  await page.goto('/storage/trash');
  await page.getByRole('button', { name: 'Restore photos' }).click();
  await expectStructure(page.getByRole('dialog'), 'restore-dialog');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('option', { name: 'Storage' })).toBeVisible();
  await expectStructure(page.getByRole('dialog'), 'palette');
});
