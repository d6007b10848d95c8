import { expect } from '@playwright/test';
import { insertImageRow } from '#lib/testing/executors.ts';
import { expectNoFindingsAnywhere } from './support/accessibility.ts';
import { given } from './support/api.ts';
import { addTask, makeExecutor, onDatabase } from './support/executors.ts';
import { enter, tabTo } from './support/keyboard.ts';
import { test as base } from './support/own-server.ts';

const NAME = 'CLIPTextEncoder';

const test = base.extend<{ task: string }>({
  /** The id of a rebuild of the person's one Executor, which waits. */
  task: ({ own: _own, person }, use) =>
    onDatabase(given('GS_DATABASE_URL'), async (client) => {
      const tags = [{ name: 'latest' }, { name: 'v1' }];
      const { id, commitId } = await makeExecutor(client, person, { name: NAME, tags });
      await insertImageRow(client, { executorId: id, commitId });
      await use(await addTask(client, person, { executorId: id, name: NAME, state: 'waiting' }));
    }),
});

// A server that would build images, if it had workers.
test.use({ settings: { IMAGES: 'on', ROLE: 'web', REGISTRY_URL: 'http://127.0.0.1:9' } });

test('the owner has an image built again, the same or for another jina, and lands at its log', async ({
  page,
  person,
  task,
}) => {
  const asked: object[] = [];
  await page.route('**/v2/rpc/executor.rebuildImage', async (route) => {
    asked.push(route.request().postDataJSON());
    await route.fulfill({ json: { code: 200, status: 20000, data: { _id: task } } });
  });
  const tab = `/executors/${person.name}/${NAME}?tab=images`;
  await page.goto(tab);
  await enter(page, page.getByRole('button', { name: 'Build again' }));
  const dialog = page.getByRole('dialog', { name: 'Build the image again' });
  await dialog.getByLabel('Tag').selectOption('v1');
  await enter(page, dialog.getByRole('button', { name: 'Build', exact: true }));
  await expect(page).toHaveURL(new RegExp(`push=${task}`));
  await expect(page.getByText('It waits for its turn.')).toBeVisible();

  await page.goto(tab);
  await page.getByRole('button', { name: 'Build again' }).click();
  await dialog.getByRole('radio', { name: /another version of jina/ }).click();
  await expect(dialog.getByRole('button', { name: 'Build', exact: true })).toBeDisabled();
  await expectNoFindingsAnywhere(page);
  await tabTo(page, dialog.getByRole('textbox', { name: 'Version of jina' }));
  await page.keyboard.type('3.20.0');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`push=${task}`));
  expect(asked).toEqual([
    { id: expect.any(String), tag: 'v1' },
    { id: expect.any(String), tag: 'latest', jina: '3.20.0' },
  ]);
});

test('what the server refuses is said in the dialog, which stays', async ({ page, person, task }) => {
  expect(task).toBeTruthy();
  const message = 'There is no version 99 of jina. Choose one that there is.';
  await page.route('**/v2/rpc/executor.rebuildImage', (route) =>
    route.fulfill({ status: 400, json: { code: 400, status: 40001, message } }),
  );
  await page.goto(`/executors/${person.name}/${NAME}?tab=images`);
  await page.getByRole('button', { name: 'Build again' }).click();
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: message })).toBeVisible();
  await page.getByRole('radio', { name: /another version of jina/ }).click();
  await page.getByRole('textbox', { name: 'Version of jina' }).fill('99');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByText(message)).toBeVisible();
});

test('a server that builds images says so in the list, before there is any', async ({ page, person }) => {
  await onDatabase(given('GS_DATABASE_URL'), (client) => makeExecutor(client, person, { name: 'Alpha' }));
  await page.goto('/executors');
  await expect(page.getByRole('columnheader', { name: 'Image' })).toBeVisible();
  await expect(page.getByText('Each push builds an image too')).toBeVisible();
  await page.goto(`/executors/${person.name}/Alpha?tab=images`);
  await expect(page.getByText('It has no image yet.')).toBeVisible();
});
