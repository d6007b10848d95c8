import { expect, type Page } from '@playwright/test';
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
const at = (person: Person) => `/executors/${person.name}/${NAME}?tab=pushes`;
const line = (payload: string) => ({ type: 'console', subject: 'buildWorkspace', payload });

const BUILD = [
  { type: 'start', subject: 'extractZip' },
  { type: 'done', subject: 'extractZip' },
  { type: 'start', subject: 'buildWorkspace' },
  line('STEP 1/3: FROM jinaai/jina:3.25.0-py311-perf'),
  line('Getting image source signatures'),
  line('STEP 2/3: RUN pip install -r requirements.txt'),
  line('Collecting torch==2.1.0'),
  line('ERROR: No matching distribution found for torch==2.1.0'),
];

/** A push of the person's that ended or runs, with what is told of it. */
async function make(person: Person, state: 'running' | 'failed', failure?: string): Promise<void> {
  await onDatabase(given('GS_DATABASE_URL'), async (client) => {
    const { id } = await makeExecutor(client, person, { name: NAME });
    await addTask(client, person, { executorId: id, name: NAME, state, failure, events: BUILD });
  });
}

/** A push that runs, and two behind it: of one name only one runs. */
async function makeQueue(person: Person): Promise<void> {
  await onDatabase(given('GS_DATABASE_URL'), async (client) => {
    const { id } = await makeExecutor(client, person, { name: NAME });
    const push = { executorId: id, name: NAME };
    const running = await addTask(client, person, { ...push, state: 'running', events: BUILD });
    await client.query(`UPDATE task SET created_at = created_at - interval '2 minutes' WHERE id = $1`, [
      running,
    ]);
    const first = await addTask(client, person, { ...push, state: 'waiting' });
    await client.query(`UPDATE task SET created_at = created_at - interval '1 minute' WHERE id = $1`, [
      first,
    ]);
    await addTask(client, person, { ...push, state: 'waiting' });
  });
}

const summary = (page: Page, name: string) => page.locator('summary', { hasText: name });

test('the log of a failed build opens the step that failed; the others unfold by the keyboard', async ({
  page,
  person,
}) => {
  await make(person, 'failed', 'Step 2/3 failed: RUN pip install -r requirements.txt');
  await page.goto(at(person));
  await expect(page.getByText('Collecting torch==2.1.0')).toBeVisible();
  await expect(page.getByText('Getting image source signatures')).toBeHidden();
  const from = summary(page, 'FROM jinaai/jina:3.25.0-py311-perf');
  await expect(from).toContainText(/1\/3.*0\.2 s/);
  await enter(page, from);
  await expect(page.getByText('Getting image source signatures')).toBeVisible();
  const failed = summary(page, 'RUN pip install');
  await expect(failed).toContainText('failed');
  await enter(page, failed);
  await expect(page.getByText('Collecting torch==2.1.0')).toBeHidden();
  await expectNoSidewaysScroll(page);
  await expectNoFindingsAnywhere(page);
});

test('all of a log is copied in its order, also what is folded, and what is selected has no numbers in it', async ({
  page,
  person,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await make(person, 'failed', 'Step 2/3 failed.');
  await page.goto(at(person));
  await enter(page, page.getByRole('button', { name: 'Copy the log' }));
  await expect(page.getByText('5 lines were copied.')).toBeVisible();
  const lines = BUILD.flatMap((event) => ('payload' in event ? [event.payload] : []));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    [...lines, 'Step 2/3 failed.', ''].join('\n'),
  );
  const selected = await page.getByLabel('Log of step 2/3').evaluate((box) => {
    getSelection()?.selectAllChildren(box);
    return getSelection()?.toString();
  });
  expect(selected?.split('\n').filter(Boolean)).toEqual(lines.slice(2));
});

test('a build that goes on shows its step as it comes, and folds it when it is done', async ({
  page,
  person,
}) => {
  await make(person, 'running');
  await page.goto(at(person));
  await expect(summary(page, 'RUN pip install')).toContainText('runs');
  await expect(page.getByText('Collecting torch==2.1.0')).toBeVisible();
  await onDatabase(given('GS_DATABASE_URL'), (client) =>
    client.query(
      `INSERT INTO task_event (task_id, sn, dt_ms, event)
       SELECT t.id, 100, 9000, $2::jsonb FROM task t JOIN namespace n ON n.id = t.namespace_id WHERE n.slug = $1`,
      [person.name, JSON.stringify(line('STEP 3/3: ENTRYPOINT ["jina"]'))],
    ),
  );
  await expect(summary(page, 'ENTRYPOINT')).toContainText('runs');
  await expect(page.getByText('Collecting torch==2.1.0')).toBeHidden();
  await expect(summary(page, 'RUN pip install')).toContainText('8.4 s');
});

test('a push that waits says how many are before it, and is cancelled at once', async ({ page, person }) => {
  await makeQueue(person);
  await page.goto(at(person));
  await expect(
    page.getByText(/It waits for its turn: \d+ push(es)? (is|are) before this one\./),
  ).toBeVisible();
  await expectNoFindingsAnywhere(page);
  await page.setViewportSize({ width: 1440, height: 800 });
  await enter(page, page.getByRole('button', { name: 'Cancel the push' }));
  await expect(page.getByText('The push is cancelled.')).toBeVisible();
  await expect(page.getByText(`${person.name} cancelled this push.`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel the push' })).toHaveCount(0);
  await expect(page.getByText('not run')).toHaveCount(4);
});

test('a push that runs is cancelled when that is confirmed, and its log says where it stopped', async ({
  page,
  person,
}) => {
  await make(person, 'running');
  await page.goto(at(person));
  await enter(page, page.getByRole('button', { name: 'Cancel the push' }));
  const dialog = page.getByRole('alertdialog', { name: 'Cancel this push?' });
  await expect(dialog.getByRole('button', { name: 'Let it run' })).toBeFocused();
  await expectNoFindingsAnywhere(page);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Cancel the push' }).click();
  await enter(page, dialog.getByRole('button', { name: 'Cancel the push' }));
  await expect(page.getByText(`${person.name} cancelled this push.`)).toBeVisible();
  await expect(summary(page, 'RUN pip install')).toContainText('failed');
});

test('a first push, which has no page yet, is cancelled in the list', async ({ page, person }) => {
  await onDatabase(given('GS_DATABASE_URL'), async (client) => {
    await makeExecutor(client, person, { name: 'Alpha' });
    await addTask(client, person, { executorId: null, name: NAME, state: 'running', events: BUILD });
  });
  await page.goto('/executors');
  await expectAccessible(page, '/executors');
  await page.getByRole('button', { name: `Cancel the push of ${NAME}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the push' }).click();
  await expect(page.getByRole('row', { name: new RegExp(NAME) })).toContainText('cancelled this push');
  await expectNoSidewaysScroll(page);
});
