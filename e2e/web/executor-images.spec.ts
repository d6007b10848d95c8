import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { insertImageRow } from '#lib/testing/executors.ts';
import {
  expectAccessible,
  expectNoFindingsAnywhere,
  expectNoSidewaysScroll,
} from './support/accessibility.ts';
import { given, type Person } from './support/api.ts';
import { addTask, makeExecutor, onDatabase } from './support/executors.ts';
import { enter } from './support/keyboard.ts';
import { test } from './support/test.ts';

const NAME = 'CLIPTextEncoder';

/** An Executor with an image, and one that was rebuilt for an older jina. */
async function make(person: Person, visibility: 'public' | 'private' = 'private') {
  return onDatabase(given('GS_DATABASE_URL'), async (client) => {
    const tags = [{ name: 'latest' }, { name: 'v1' }];
    const { id, commitId } = await makeExecutor(client, person, { name: NAME, visibility, tags });
    const task = await addTask(client, person, { executorId: id, name: NAME, state: 'succeeded' });
    const packages: [string, string][] = Array.from({ length: 300 }, (_, at) => [`lib${at}`, `1.${at}`]);
    const build = { executorId: id, commitId, taskId: task };
    await insertImageRow(client, { ...build, packages: [['torch', '2.5.1'], ...packages] });
    await insertImageRow(client, { ...build, rebuiltFor: '3.20.0', packages: null });
    return { id, commitId, task };
  });
}

const at = (person: Person, query = '') => `/executors/${person.name}/${NAME}${query}`;
const pushed = (page: Page) => page.getByRole('region', { name: 'Push 1', exact: true });

test('each image says what it is, of which tags, and leads to the log of its push', async ({
  page,
  person,
}) => {
  const { id, commitId, task } = await make(person);
  await page.goto(at(person));
  await expect(page.getByRole('definition').filter({ hasText: 'linux/amd64' })).toContainText('359.8 MB');
  await page.getByRole('link', { name: /^Images\s*2/ }).click();
  const image = pushed(page);
  for (const text of ['latest', 'v1', 'linux/amd64', '359.8 MB', '3.25.0', 'in 3 min 12 s'])
    await expect(image).toContainText(text);
  await expect(image).toContainText(`/jinahub/${id}:${commitId}`);
  await expect(image.getByRole('button', { name: 'Copy the whole digest' })).toBeVisible();
  await enter(page, image.getByRole('button', { name: /^Layers 3/ }));
  await expect(image.getByRole('listitem').filter({ hasText: 'sha256:' })).toHaveText([
    /49.6 MB/,
    /310.3 MB/,
    /4.1 kB/,
  ]);
  const rebuilt = page.getByRole('region', { name: 'Push 1 for jina 3.20.0' });
  await expect(rebuilt).toContainText('What is installed in it could not be read.');
  await image.getByRole('link', { name: 'See the log' }).click();
  await expect(page).toHaveURL(new RegExp(`push=${task}`));
});

test('what is installed in an image is searched on its page, and saved as SPDX', async ({ page, person }) => {
  const { commitId } = await make(person);
  await page.goto(at(person, '?tab=images'));
  const image = pushed(page);
  await enter(page, image.getByRole('button', { name: 'Packages 301' }));
  await expect(image.getByText('101 more are not shown. Search for them.')).toBeVisible();
  await image.getByRole('searchbox', { name: 'Search the packages' }).fill('TORCH');
  await expect(image.getByRole('listitem')).toHaveText(['torch2.5.1']);
  await image.getByRole('searchbox').fill('absent');
  await expect(image.getByText('No package has this in its name.')).toBeVisible();
  const download = page.waitForEvent('download');
  await image.getByRole('button', { name: 'SPDX' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(`${NAME}-${commitId}.spdx.json`);
  const bom = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(bom).toMatchObject({ spdxVersion: 'SPDX-2.3' });
  expect(bom.packages).toHaveLength(301);
});

test('an image is used by what the page gives to copy, which follows the tag', async ({ page, person }) => {
  const { id, commitId } = await make(person);
  await page.goto(at(person, '?tag=v1'));
  const use = page.getByRole('region', { name: 'Use it' });
  await use.getByRole('tab', { name: 'Container' }).click();
  await expect(use).toContainText(`uses='jinaai+docker://${person.name}/${NAME}:v1'`);
  await use.getByRole('tab', { name: 'Docker' }).click();
  const reference = `127.0.0.1:5000/jinahub/${id}:${commitId}`;
  await expect(use).toContainText(`docker pull ${reference}`);
  await expect(use).toContainText(`docker run --rm -p 12345:12345 ${reference} --port 12345`);
});

test('nothing of images is shown where there are none', async ({ page, person }) => {
  await onDatabase(given('GS_DATABASE_URL'), (client) => makeExecutor(client, person, { name: NAME }));
  await page.goto(at(person, '?tab=images'));
  await expect(page.getByRole('link', { name: 'Readme' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('link', { name: /^Images/ })).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Docker' })).toHaveCount(0);
  await page.goto('/executors');
  await expect(page.getByRole('columnheader', { name: 'Size' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Image' })).toHaveCount(0);
});

test('the list says how large the newest image is, and sorts by it', async ({ page, person }) => {
  await make(person);
  await onDatabase(given('GS_DATABASE_URL'), (client) => makeExecutor(client, person, { name: 'Alpha' }));
  await page.goto('/executors?sort=name');
  await expect(page.getByRole('row', { name: new RegExp(NAME) })).toContainText('359.8 MB');
  await page.getByRole('columnheader', { name: 'Image' }).getByRole('link').click();
  const rows = page.getByRole('table', { name: 'Your Executors' }).locator('tbody [data-row]');
  await expect(page.getByRole('columnheader', { name: 'Image' })).toHaveAttribute('aria-sort', 'descending');
  await expect(rows).toHaveText([new RegExp(NAME), /Alpha/]);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page, '/executors');
});

test('axe finds nothing on the images with everything unfolded, and nothing overflows', async ({
  page,
  person,
}) => {
  await make(person, 'public');
  await page.goto(at(person, '?tab=images'));
  await pushed(page)
    .getByRole('button', { name: /^Layers/ })
    .click();
  await pushed(page)
    .getByRole('button', { name: /^Packages/ })
    .click();
  await expect(pushed(page).getByText('torch')).toBeVisible();
  await expectNoFindingsAnywhere(page);
  await expectNoSidewaysScroll(page);
});

test('the structure of the images holds, and who is not signed in sees it without the log', async ({
  page,
  person,
}) => {
  await make(person, 'public');
  await page.goto(at(person, '?tab=images'));
  await expect(page.getByRole('region', { name: 'Images' })).toMatchAriaSnapshot({
    name: 'executor-images.aria.yml',
  });
  await page.context().clearCookies();
  await page.goto(at(person, '?tab=images'));
  await expect(pushed(page)).toContainText('359.8 MB');
  await expect(page.getByRole('link', { name: 'See the log' })).toHaveCount(0);
});
