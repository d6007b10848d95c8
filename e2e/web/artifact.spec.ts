import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { paths } from '#components/paths.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';
import { expectAccessible, expectNoFindings, expectNoSidewaysScroll } from './support/accessibility.ts';
import { call, given, newPerson, type Person, push } from './support/api.ts';
import { tabTo } from './support/keyboard.ts';
import { test } from './support/test.ts';

const run = promisify(execFile);
const HOSTILE = `<img src=x onerror="document.title=1"> & \u202e"it's" \\ $HOME 100?#`;
const SUMMARY = [
  { name: 'Type', value: 'DocumentArrayInMemory', description: '' },
  { name: 'Length', value: 3, description: '' },
  { name: 'Common Attributes', value: ['id', 'text'], description: '' },
];
const METADATA = {
  branding: { icon: '🛋️', background: '#f6d9a8' },
  summary: SUMMARY,
  version: { docarray: '0.21.0', python: '3.10.12', platform: 'Linux', architecture: 'x86_64' },
};
/** The header of a DocumentArray of three, as docarray writes it. */
const THREE = new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, 3, 7, 7, 7]);

async function idOf(person: Person, name: string): Promise<string> {
  const { _id } = await call<{ _id: string }>('artifact.getDetail', { name }, person.session);
  return _id;
}

async function pushed(person: Person, name: string, isPublic = false): Promise<string> {
  await push(person, { name, isPublic, bytes: THREE, metaData: METADATA });
  return paths.artifact({ namespace: person.name, name, id: await idOf(person, name) });
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('the list leads to the page, which says what was said and what was measured', async ({
  page,
  person,
}) => {
  await pushed(person, 'photos');
  await page.goto('/storage');
  await page.getByRole('link', { name: 'photos' }).click();
  await expect(page).toHaveURL(`/storage/${person.name}/photos`);
  await expect(heading(page)).toHaveText('photos');
  await expect(page).toHaveTitle('photos · Groundstation');
  const breadcrumb = page.getByRole('navigation', { name: 'Breadcrumb' });
  await expect(breadcrumb.getByText('photos')).toHaveAttribute('aria-current', 'page');
  await expect(page.getByText('the file holds as many')).toBeVisible();
  await expect(page.getByText('docarray 0.21.0')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy the whole digest' })).toBeVisible();
  await expect(page.getByText(`'${person.name}/photos'`)).toBeVisible();
  await page.getByRole('tab', { name: 'docarray 2' }).click();
  await expect(page.getByText(`'jac://${person.name}/photos'`)).toBeVisible();
  await page.getByRole('link', { name: 'As sent' }).click();
  await expect(page.getByText('"value":"DocumentArrayInMemory"')).toBeVisible();
});

for (const name of [
  HOSTILE,
  'a/b c/ä🛰️',
  'x/settings',
  '__PAGE__',
  '[id]',
  '(.)x',
  'photos.json',
  'ü'.repeat(127),
]) {
  test(`opens by its own address: ${name.slice(0, 40)}`, async ({ page, person }) => {
    const path = await pushed(person, name);
    await page.goto(path);
    await expect(heading(page)).toHaveText(name);
    await page.getByRole('link', { name: 'Settings' }).last().click();
    await expect(page.getByRole('heading', { name: 'Keep until' })).toBeVisible();
    await expect(heading(page)).toHaveText(name);
    await expect(page.locator('img')).toHaveCount(0);
    await page.goto('/storage');
    await page.getByRole('link', { name, exact: true }).click();
    await expect(heading(page)).toHaveText(name);
  });
}

for (const name of ['.', '..', 'a/../b', '/a', 'a/', 'a//b', '~x', '100%', 'a%20b', '%2e%2e', 'photos.rsc']) {
  test(`opens by its id, since its name would not survive in a URL: ${name}`, async ({ page, person }) => {
    await page.goto(await pushed(person, name));
    await expect(page).toHaveURL(/~[0-9a-f]{24}$/);
    await expect(heading(page)).toHaveText(name);
    await page.goto('/storage');
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page).toHaveURL(/~[0-9a-f]{24}$/);
    await expect(heading(page)).toHaveText(name);
  });
}

test('what is public is seen by others without the owner’s controls', async ({ page, browser, person }) => {
  const path = await pushed(await newPerson('olga'), 'shared', true);
  expect(person.name).toBeTruthy();
  // A page of a context of its own has no session; axe refuses the contexts that newPage makes.
  const stranger = await browser.newContext();
  const nobody = await stranger.newPage();
  for (const visitor of [page, nobody]) {
    for (const address of [path, `${path}?tab=settings`, `${path}?tab=pulls`]) {
      await visitor.goto(`${given('GS_URL')}${address}`);
      await expect(heading(visitor)).toHaveText('shared');
      await expect(visitor.getByRole('button', { name: /^Access/ })).toHaveCount(0);
      const tabs = visitor.getByRole('navigation', { name: 'Artifact' });
      await expect(tabs.getByRole('link')).toHaveText(['Overview']);
      await expect(visitor.getByRole('link', { name: 'Change how long it is kept' })).toHaveCount(0);
    }
  }
  await expectNoFindings(nobody);
  await expectNoSidewaysScroll(nobody);
  await stranger.close();
});

test('what is private and what is absent are one page with status 404', async ({ page, browser, person }) => {
  const path = await pushed(await newPerson('olga'), 'secret');
  expect(person.name).toBeTruthy();
  const stranger = await browser.newContext();
  const nobody = await stranger.newPage();
  for (const visitor of [page, nobody]) {
    const texts: (string | null)[] = [];
    for (const address of [path, `${path}-not`, `${path}/~${'0'.repeat(24)}`, '/storage/nobody/x']) {
      const response = await visitor.goto(`${given('GS_URL')}${address}`);
      expect(response?.status()).toBe(404);
      await expect(heading(visitor)).toHaveText('Not found, or not shared with you');
      texts.push(await visitor.locator('main').textContent());
    }
    expect(new Set(texts).size).toBe(1);
    await expectNoFindings(visitor);
  }
  await stranger.close();
});

test('rename, access, keep and delete, each by keyboard alone', async ({ page, person }) => {
  await page.goto(`${await pushed(person, 'photos')}?tab=settings`);
  const detail = (name: string) =>
    call<{ visibility: string; expireAt: string | null }>('artifact.getDetail', { name }, person.session);
  const field = page.getByRole('textbox', { name: 'Name' });
  await expect(page.getByRole('button', { name: 'Rename' })).toBeDisabled();
  await tabTo(page, field);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('a b/c');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/storage/${person.name}/a%20b/c?tab=settings`);
  await expect(heading(page)).toHaveText('a b/c');

  await tabTo(page, page.getByRole('radio', { name: 'Private' }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Public' })).toBeChecked();
  await expect.poll(async () => (await detail('a b/c')).visibility).toBe('public');
  await expect(page.getByRole('button', { name: 'Access to a b/c: Public' })).toBeVisible();

  await expect(page.getByRole('radio', { name: '7 days' })).toBeChecked();
  await tabTo(page, page.getByRole('radio', { name: '7 days' }));
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('radio', { name: 'For ever' })).toBeChecked();
  await expect.poll(async () => (await detail('a b/c')).expireAt).toBeNull();
  await expect(page.getByRole('definition').filter({ hasText: 'For ever' })).toBeVisible();

  await tabTo(page, page.getByRole('button', { name: 'Delete' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/storage');
  await expect(detail('a b/c')).rejects.toThrow();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
});

test('an arrow key that is let go at once chooses too', async ({ page, person }) => {
  await page.goto(`${await pushed(person, 'photos')}?tab=settings`);
  const first = page.getByRole('radio', { name: 'Private' });
  await tabTo(page, first);
  await first.evaluate((radio) => {
    for (const type of ['keydown', 'keyup'])
      radio.dispatchEvent(new KeyboardEvent(type, { key: 'ArrowDown', bubbles: true }));
  });
  await expect(page.getByRole('radio', { name: 'Public' })).toBeChecked();
});

test('a name that is taken is told in the form, which keeps what was typed', async ({ page, person }) => {
  await pushed(person, 'taken');
  await page.goto(`${await pushed(person, 'photos')}?tab=settings`);
  await page.getByRole('textbox', { name: 'Name' }).fill('taken');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByText('This name is taken by another of your DocumentArrays.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('taken');
  await expect(page).toHaveURL(/\/photos\?tab=settings$/);
});

test('pulls are counted, and the lines for curl pull to the byte', async ({ page, person }) => {
  const path = await pushed(person, HOSTILE);
  await page.goto(`${path}?tab=pulls`);
  await expect(page.getByText('Nobody has pulled it yet.')).toBeVisible();
  await page.goto(path);
  await page.getByRole('tab', { name: 'curl' }).click();
  const code = await page.getByRole('figure', { name: 'Pull with curl' }).locator('code').textContent();
  const { folder, remove } = makeTemporaryFolder();
  const env = { NODE_ENV: 'test' as const, PATH: process.env.PATH, JINA_AUTH_TOKEN: person.session };
  await run('bash', ['-c', code ?? ''], { cwd: folder, env });
  const [file] = await import('node:fs/promises').then(({ readdir }) => readdir(folder));
  expect(new Uint8Array(await readFile(`${folder}/${file}`))).toEqual(THREE);
  remove();
  await page.goto(`${path}?tab=pulls`);
  await expect(page.getByText('1 in 90 days')).toBeVisible();
  await expect(page.getByRole('row', { name: /curl/ })).toBeVisible();
});

test('a megabyte of summary is cut, can be seen whole, and nothing freezes', async ({ page, person }) => {
  const summary = [{ name: 'Type', value: 'x'.repeat(1_000_000) }, ...SUMMARY];
  await push(person, { name: 'large', metaData: { summary } });
  await page.goto(`/storage/${person.name}/large`);
  await expect(page.getByText(/^x{500}…$/)).toBeVisible();
  await page.getByRole('link', { name: 'As sent' }).click();
  await page.getByRole('link', { name: 'Show all 1 MB' }).click();
  // No pattern of a million repetitions: on the text that is cut it takes the browser seconds to see that it does not fit.
  const sent = page.getByText('Common Attributes');
  await expect(sent).toBeVisible();
  expect(await sent.textContent()).toContain('x'.repeat(1_000_000));
  await expectNoSidewaysScroll(page);
});

for (const tab of ['', '?tab=pulls', '?tab=settings', '?view=text']) {
  test(`axe finds nothing on the artifact’s page ${tab}, and nothing overflows`, async ({ page, person }) => {
    const path = await pushed(person, `${HOSTILE}${'x'.repeat(150)}`, true);
    await call('artifact.getDownloadUrl', { name: `${HOSTILE}${'x'.repeat(150)}` }, person.session);
    await expectAccessible(page, path + tab);
    await expectNoSidewaysScroll(page);
  });
}
