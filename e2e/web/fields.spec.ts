import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { documentArray, message } from '#lib/testing/document-array.ts';
import { expectAccessible, expectNoSidewaysScroll } from './support/accessibility.ts';
import { given, type Person, push } from './support/api.ts';
import { docarray } from './support/client.ts';
import { LONG, MARKUP, TURNED } from './support/hostile.ts';
import { test } from './support/test.ts';

const fields = (page: Page) => page.getByRole('region', { name: /^Fields/ });
const cells = (page: Page, name: string) =>
  fields(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name, exact: true }) })
    .getByRole('cell');

/** Pushes a document whose tags have these names, and the same for values; gives the path of its page. */
async function pushTags(person: Person, names: string[], isPublic = false): Promise<string> {
  const entries = names.map((name): [number, Uint8Array] => [1, message([1, name], [2, message([3, name])])]);
  const bytes = new Uint8Array(documentArray([message([1, 'id'], [17, message(...entries)])]));
  await push(person, { name: 'tags', isPublic, bytes });
  return `/storage/${person.name}/tags`;
}

test('a push from docarray shows what its documents hold', async ({ page, person }) => {
  await docarray(person.session, 'push', 'furniture', 'Three-seat sofa', 'Lamp');
  await page.goto(`/storage/${person.name}/furniture`);
  await expect(fields(page).getByText('Read from the stored bytes, all 2 documents')).toBeVisible();
  await expect(cells(page, 'text')).toHaveText(['text', 'str', '2 documents', 'Three-seat sofa']);
  await expect(cells(page, 'id')).toHaveText(['id', 'str', '2 documents', /^[0-9a-f]{32}$/]);
});

test('what is new is shown after the next push', async ({ page, person }) => {
  await docarray(person.session, 'push', 'furniture', 'Sofa');
  await page.goto(`/storage/${person.name}/furniture`);
  await expect(cells(page, 'text')).toHaveText(['text', 'str', '1 document', 'Sofa']);
  await docarray(person.session, 'push', 'furniture', 'Lamp', 'Rug');
  await expect(cells(page, 'text')).toHaveText(['text', 'str', '2 documents', 'Lamp']);
});

test('where no document can be read, nothing is said of fields', async ({ page, person }) => {
  await push(person, { name: 'broken', bytes: new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, 3, 7, 7, 7]) });
  const response = await page.goto(`/storage/${person.name}/broken`);
  expect(await response?.text()).not.toContain('Fields');
  await expect(page.getByRole('region', { name: 'File' })).toBeVisible();
});

test('whoever may see it may see its fields, and nobody else', async ({ browser, person }) => {
  const address = `${given('GS_URL')}${await pushTags(person, ['colour'], true)}`;
  const stranger = await browser.newContext();
  const nobody = await stranger.newPage();
  await nobody.goto(address);
  await expect(cells(nobody, 'tags.colour')).toHaveText(['tags.colour', 'str', '1 document', 'colour']);
  const files = await readdir(path.join(given('GS_DATA_DIR'), 'blobs'), { recursive: true });
  const keys = files.map((file) => path.basename(file)).filter((name) => name.length === 24);
  const shown = await nobody.content();
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => shown.includes(key))).toEqual([]);
  await pushTags(person, ['colour'], false);
  const response = await nobody.goto(address);
  expect(response?.status()).toBe(404);
  expect(await response?.text()).not.toContain('colour');
  await stranger.close();
});

test('of many fields fifty are shown, and that there are more', async ({ page, person }) => {
  const names = Array.from({ length: 60 }, (_, index) => `tag${index}`);
  await page.goto(await pushTags(person, names));
  await expect(fields(page).getByRole('heading')).toHaveText('Fields 50');
  await expect(fields(page).getByText('There are more fields than these.')).toBeVisible();
});

test('hostile names and values are text, break nothing, and axe finds nothing', async ({ page, person }) => {
  const names = [MARKUP, TURNED, LONG, 'x'.repeat(500)];
  const address = await pushTags(person, names);
  await page.goto(address);
  await expect(cells(page, `tags.${MARKUP}`).last()).toHaveText(`${MARKUP.slice(0, 79)}…`);
  await expect(fields(page).locator('img, svg, script')).toHaveCount(0);
  await expectAccessible(page, address);
  await expectNoSidewaysScroll(page);
});
