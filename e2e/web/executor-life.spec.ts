import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';
import pg from 'pg';
import { type Files, PLAIN_EXECUTOR } from '#lib/testing/executor-zip.ts';
import { ensurePythonEnv } from '../../scripts/python-envs.ts';
import { expectNoFindings } from './support/accessibility.ts';
import { given } from './support/api.ts';
import { type Command, Terminal } from './support/program.ts';
import { test as base } from './support/test.ts';

/** Playwright's test with a terminal, the folder of an Executor, and a way to hold its push up in the database. */
const test = base.extend<{ terminal: Terminal; folder: string; database: pg.Client }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  terminal: async ({}, use) => {
    const terminal = await Terminal.open((await ensurePythonEnv('jina-3.23')).python);
    await use(terminal);
    await terminal.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'groundstation-executor-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  database: async ({}, use) => {
    const database = new pg.Client({ connectionString: given('GS_DATABASE_URL') });
    await database.connect();
    await use(database);
    await database.end();
  },
});

// The first use of the client installs it.
test.describe.configure({ timeout: 300_000 });

async function write(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
}

async function succeed(command: Command): Promise<void> {
  const code = await command.ended;
  if (code !== 0) throw new Error(`ended with ${code}: ${command.output}`);
}

test('the life of an Executor: pushed by the real client while its page looks on, failed, shared, deleted', async ({
  page,
  person,
  terminal,
  folder,
  database,
}) => {
  await write(folder, { ...PLAIN_EXECUTOR, 'README.md': '# Hello\n\nIt waits.' });
  await page.goto('/executors');
  await expect(page.getByText('jina hub push').first()).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();

  // Its worker waits where the push is charged, so that the log can be seen while it is written.
  await database.query('BEGIN');
  await database.query(
    'SELECT FROM namespace_usage u JOIN namespace n ON n.id = u.namespace_id WHERE n.slug = $1 FOR UPDATE OF u',
    [person.name],
  );
  const push = terminal.jinaHubPush(person.session, folder, '--private', '-t', 'v1');
  const list = page.getByRole('table');
  await expect(page.getByText('Pushing', { exact: true })).toBeVisible();
  await database.query('COMMIT');
  await succeed(push);
  expect(push.output).toContain('MyExecutor');
  await expect(list.getByRole('row', { name: /MyExecutor/ }).getByText('Pushed')).toBeVisible();

  await list.getByRole('link', { name: 'MyExecutor', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'MyExecutor' })).toBeVisible();
  await expect(page.getByText('It waits.')).toBeVisible();
  await page
    .getByRole('tab', { name: /^Pushes/ })
    .or(page.getByRole('link', { name: /^Pushes/ }))
    .first()
    .click();

  await database.query('BEGIN');
  await database.query(
    'SELECT FROM namespace_usage u JOIN namespace n ON n.id = u.namespace_id WHERE n.slug = $1 FOR UPDATE OF u',
    [person.name],
  );
  await write(folder, { 'README.md': '# Hello again' });
  const second = terminal.jinaHubPush(person.session, folder, '--private', '-t', 'v2');
  await expect(page.getByText('Pushing', { exact: true }).first()).toBeVisible();
  await page.locator('summary', { hasText: 'Build the workspace' }).click();
  await expect(page.getByText('This server builds no images')).toBeVisible();
  await expectNoFindings(page);
  await database.query('COMMIT');
  await succeed(second);
  await expect(page.getByText('Pushed').first()).toBeVisible();

  await write(folder, { 'executor.py': 'class NoExecutor:\n    pass\n' });
  const broken = terminal.jinaHubPush(person.session, folder, '--private');
  expect(await broken.ended).not.toBe(0);
  await expect(page.getByText('Read the Executor failed.')).toBeVisible();
  // What was pushed before is as it was.
  await page.goto(`/executors/${person.name}/MyExecutor`);
  await expect(page.getByText('Hello again')).toBeVisible();
});
