import { expect, type Page } from '@playwright/test';
import {
  expectAccessible,
  expectNoFindingsAnywhere,
  expectNoSidewaysScroll,
} from './support/accessibility.ts';
import { given, newPerson, type Person } from './support/api.ts';
import { addCommit, addTask, makeExecutor, onDatabase, PIXEL } from './support/executors.ts';
import { enter } from './support/keyboard.ts';
import { test } from './support/test.ts';

const NAME = 'CLIPTextEncoder';

async function make(person: Person, visibility: 'public' | 'private' = 'private') {
  return onDatabase(given('GS_DATABASE_URL'), async (client) => {
    const tags = [{ name: 'latest' }, { name: 'v1', isProtected: true }];
    const made = await makeExecutor(client, person, { name: NAME, visibility, tags, keywords: ['text'] });
    const newer = await addCommit(client, person, made.id);
    const events = [{ type: 'start', subject: 'normalize' }];
    const failure = 'No Executor class found.';
    const task = await addTask(client, person, {
      ...{ executorId: made.id, name: NAME, state: 'failed', failure, events },
    });
    return { ...made, newer, task };
  });
}

const at = (person: Person, query = '') => `/executors/${person.name}/${NAME}${query}`;

/** The log as contract 7.5 streams it. */
async function streamLog(page: Page, lines: object[]): Promise<void> {
  await page.route('**/executor.queryProgress', (route) =>
    route.fulfill({ body: lines.map((line) => JSON.stringify(line)).join('\n') }),
  );
}

const progress = (sn: number, data: object) => ({ type: 'progress', data: { sn, dt: sn * 100, data } });
const STARTED = [
  progress(1, { type: 'start', subject: 'extractZip' }),
  progress(2, { type: 'done', subject: 'extractZip' }),
  progress(3, { type: 'start', subject: 'normalize' }),
  progress(4, { type: 'console', subject: 'normalize', payload: 'Reading executor.py' }),
];

test('the readme is shown as text, with pictures of the package and no other', async ({ page, person }) => {
  await make(person);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(at(person));
  const readme = page.getByRole('region', { name: 'Readme' });
  await expect(readme.getByRole('heading', { level: 2, name: 'What it does' })).toBeVisible();
  await expect(readme.getByRole('heading', { level: 3, name: 'Pair it with images' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(NAME);
  await expect(page).toHaveTitle(new RegExp(NAME));
  await expect(readme.getByRole('link', { name: 'its home' })).toHaveAttribute('rel', 'nofollow noopener');
  await expect(readme.getByRole('link', { name: 'one from elsewhere' })).toBeVisible();
  await expect(readme.getByRole('link', { name: 'nothing good' })).toHaveCount(0);
  await expect(readme.locator('script, iframe')).toHaveCount(0);
  await expect(readme.locator('.hljs-keyword').first()).toHaveText('from');
  const picture = readme.getByRole('img', { name: 'a picture of ours' });
  expect(
    await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
  ).toBe(1);
  await expect(readme.getByRole('img')).toHaveCount(1);
  expect(asked.filter((url) => url.includes('elsewhere.example'))).toEqual([]);
  await readme.getByRole('link', { name: 'the source' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'executor.py' })).toBeVisible();
});

test('a picture is a response of its own that runs nothing, for who may see the Executor alone', async ({
  page,
  person,
}) => {
  const { commitId } = await make(person);
  const address = (file: string) => `/api/executor-picture?commit=${commitId}&file=${file}`;
  const got = await page.request.get(address('pictures/dot.png'));
  expect(got.status()).toBe(200);
  expect(got.headers()).toMatchObject({
    'content-type': 'image/png',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  expect(PIXEL.equals(await got.body())).toBe(true);
  for (const file of ['logo.svg', 'executor.py', 'absent.png', '../executor.py', '%00'])
    expect((await page.request.get(address(file))).status(), file).toBe(404);
  const stranger = await newPerson('olga');
  for (const headers of [{ cookie: '' }, { cookie: `gs-session=${stranger.session}` }])
    expect((await fetch(given('GS_URL') + address('pictures/dot.png'), { headers })).status).toBe(404);
});

test('the ways to use it follow the tag that is chosen', async ({ page, person }) => {
  await make(person);
  await page.goto(at(person));
  const use = page.getByRole('region', { name: 'Use it' });
  await expect(use).toContainText(`uses='jinaai://${person.name}/${NAME}'`);
  await use.getByRole('button', { name: 'Tag: latest' }).click();
  await page.getByRole('menuitemradio', { name: 'v1' }).click();
  await expect(use).toContainText(`uses='jinaai://${person.name}/${NAME}:v1'`);
  await use.getByRole('tab', { name: 'curl' }).click();
  await expect(use).toContainText(`${given('GS_URL')}/v2/executor/getMeta?id=`);
});

test('the page tells a browser nothing of where the package is', async ({ page, person }) => {
  const { blobId } = await make(person);
  for (const tab of ['readme', 'tags', 'files', 'settings']) {
    const answer = await page.goto(at(person, `?tab=${tab}`));
    expect(await answer?.text()).not.toContain(blobId);
  }
});

test('arguments, endpoints, dependencies and files are those of the package', async ({ page, person }) => {
  await make(person);
  await page.goto(at(person, '?tab=arguments'));
  await expect(page.getByRole('row', { name: /batch_size.*int.*32/ })).toBeVisible();
  await page.getByRole('link', { name: /^Endpoints/ }).click();
  await expect(page.getByText('/encode', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: /^Dependencies/ }).click();
  await expect(page.getByText('torch==2.5.1')).toBeVisible();
  await page.getByRole('link', { name: /^Files/ }).click();
  await page.getByRole('link', { name: /config.yml/ }).click();
  await expect(page.getByText('jtype: CLIPTextEncoder')).toBeVisible();
  await page.getByRole('link', { name: /dot.png/ }).click();
  await expect(page.getByText('This file is no text.')).toBeVisible();
});

test('a tag is made, moved, protected and deleted with the keyboard', async ({ page, person }) => {
  await make(person);
  await page.goto(at(person, '?tab=tags'));
  await expect(page.getByRole('row', { name: /v1.*Protected/ })).toBeVisible();
  await enter(page, page.getByRole('button', { name: 'New tag' }));
  await page.keyboard.type('v2');
  await page.keyboard.press('Enter');
  await expect(page.getByText('v2 points to push #2 now.')).toBeVisible();
  await expect(page.getByRole('row', { name: /v2/ })).toContainText('#2');
  await page.getByRole('button', { name: 'More for latest' }).click();
  await page.getByRole('menuitem', { name: 'Move to another push' }).click();
  await page.getByLabel('Push', { exact: true }).selectOption({ index: 0 });
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(page.getByRole('row', { name: /latest/ })).toContainText('#2');
  await page.getByRole('button', { name: 'More for v1' }).click();
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0);
  await page.getByRole('menuitem', { name: 'Take the protection off' }).click();
  await expect(page.getByText('v1 can move again.')).toBeVisible();
  await page.getByRole('button', { name: 'More for v1' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await enter(page, page.getByRole('button', { name: 'Delete the tag' }));
  await expect(page.getByRole('row', { name: /v1/ })).toHaveCount(0);
});

test('a failed push names its step and opens its log; the others are folded', async ({ page, person }) => {
  await make(person);
  const error = progress(5, { type: 'error', subject: 'normalize', message: 'No Executor class found.' });
  await streamLog(page, [...STARTED, error, { type: 'report', status: 'failed', error: { message: 'x' } }]);
  await page.goto(at(person, '?tab=pushes'));
  await expect(page.getByText('Read the Executor failed.')).toBeVisible();
  await expect(page.getByText('Reading executor.py')).toBeVisible();
  const steps = page.locator('details');
  await expect(steps).toHaveCount(2);
  await expect(steps.first()).not.toHaveAttribute('open');
  await expect(page.getByText('not run')).toHaveCount(2);
  await expectNoFindingsAnywhere(page);
});

test('a log whose connection ends is read again when asked', async ({ page, person }) => {
  await make(person);
  await streamLog(page, STARTED);
  await page.goto(at(person, '?tab=pushes'));
  await expect(page.getByText('The connection to the log ended.')).toBeVisible();
  await page.unroute('**/executor.queryProgress');
  const done = progress(5, { type: 'done', subject: 'normalize' });
  await streamLog(page, [...STARTED, done, { type: 'report', status: 'succeeded', result: {} }]);
  await enter(page, page.getByRole('button', { name: 'Read it again' }));
  await expect(page.getByText('The connection to the log ended.')).toHaveCount(0);
  await expect(page.locator('details[open]')).toHaveCount(0);
});

test('who is not signed in sees what is public, and of the rest what there is of nothing', async ({
  browser,
  person,
}) => {
  await make(person, 'public');
  const context = await browser.newContext({ baseURL: given('GS_URL') });
  const guest = await context.newPage();
  await guest.goto(at(person, '?tab=settings'));
  await expect(guest.getByRole('heading', { level: 1, name: NAME })).toBeVisible();
  await expect(guest.getByRole('link', { name: 'Settings' })).toHaveCount(0);
  await expect(guest.getByRole('link', { name: 'Pushes' })).toHaveCount(0);
  await expect(guest.getByText('What it does')).toBeVisible();
  await expectAccessible(guest, at(person));
  await expectNoSidewaysScroll(guest);
  const texts = [];
  for (const path of [`/executors/${person.name}/absent`, at(person, '?tag=absent')]) {
    const answer = await guest.goto(path);
    expect(answer?.status()).toBe(404);
    texts.push(await guest.getByRole('main').innerText());
  }
  expect(texts[0]).toBe(texts[1]);
  await context.close();
});

test('it is deleted from its own page, and brought back by Undo', async ({ page, person }) => {
  await make(person);
  await page.goto(at(person, '?tab=settings'));
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page).toHaveURL(/\/executors$/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row', { name: new RegExp(NAME) })).toBeVisible();
});

for (const tab of [
  'readme',
  'arguments',
  'endpoints',
  'dependencies',
  'tags',
  'files',
  'pushes',
  'pulls',
  'settings',
])
  test(`axe finds nothing on the tab ${tab}, and nothing overflows`, async ({ page, person }) => {
    await make(person);
    await expectAccessible(page, at(person, `?tab=${tab}`));
    await expectNoSidewaysScroll(page);
  });
