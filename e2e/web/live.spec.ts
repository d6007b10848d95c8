import { expect, type Page } from '@playwright/test';
import { startTestServer } from '#lib/testing/server.ts';
import { call, given, push } from './support/api.ts';
import { test } from './support/test.ts';

/** Opens the page and waits until it hears of changes. */
async function openLive(page: Page, path = '/storage'): Promise<void> {
  await page.goto(path);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
}

const row = (page: Page, name: string) => page.getByRole('row', { name });

test('what a client pushes, changes and deletes shows without a reload', async ({ page, person }) => {
  await openLive(page);
  const { _id: id } = await push(person, { name: 'arrives' });
  await expect(row(page, 'arrives')).toBeVisible();
  await call('artifact.update', { id, public: true }, person.session);
  await expect(page.getByRole('button', { name: 'Access to arrives: Public' })).toBeVisible();
  await push(person, { name: 'stays' });
  await call('artifact.delete', { id }, person.session);
  await expect(row(page, 'stays')).toBeVisible();
  await expect(row(page, 'arrives')).toHaveCount(0);
});

test('tabs of one browser share a connection, and the next one takes it over', async ({
  context,
  person,
}) => {
  let connections = 0;
  context.on('request', (request) => {
    if (request.url().endsWith('/api/events')) connections += 1;
  });
  const [first, second] = [await context.newPage(), await context.newPage()];
  await openLive(first);
  await openLive(second);
  expect(connections).toBe(1);
  await first.close();
  await expect.poll(() => connections).toBe(2);
  await push(person, { name: 'seen-by-the-second' });
  await expect(row(second, 'seen-by-the-second')).toBeVisible();
});

for (const isFirst of [true, false]) {
  test(`what happened before a page could listen shows once it does, in ${isFirst ? 'the first tab' : 'the next tab'}`, async ({
    context,
    person,
  }) => {
    await push(person, { name: 'drawn' });
    if (!isFirst) await openLive(await context.newPage());
    const page = await context.newPage();
    const { promise: pushed, resolve: release } = Promise.withResolvers<void>();
    await page.route('**/*.js', async (route) => {
      await pushed;
      await route.continue();
    });
    const opening = page.goto('/storage');
    await expect(row(page, 'drawn')).toBeVisible();
    await push(person, { name: 'meanwhile' });
    release();
    await opening;
    await expect(row(page, 'meanwhile')).toBeVisible();
  });
}

test('a change that another server process made shows too', async ({ page, person, context }) => {
  const second = await startTestServer({
    DATABASE_URL: given('GS_DATABASE_URL'),
    DATA_DIR: given('GS_DATA_DIR'),
    ROLE: 'web',
  });
  try {
    await context.addCookies([{ name: 'gs-session', value: person.session, url: second.url }]);
    await openLive(page, `${second.url}/storage`);
    await push(person, { name: 'from-elsewhere' });
    await expect(row(page, 'from-elsewhere')).toBeVisible();
    await page.close();
  } finally {
    await second.stop();
  }
});

test('nothing moves below a hand that is about to click', async ({ page, person }) => {
  await push(person, { name: 'old-one' });
  await openLive(page);
  await page.getByRole('button', { name: 'Access to old-one: Private' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  const told = page.waitForResponse((response) => response.url().includes('_rsc'));
  await push(person, { name: 'new-one' });
  await expect(page.getByRole('menu')).toBeVisible();
  await expect(row(page, 'new-one')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await told;
  await expect(row(page, 'new-one')).toBeVisible();
});

test('a session that ends elsewhere says so, keeps the page, and leads back to it', async ({
  page,
  person,
}) => {
  await push(person, { name: 'kept-on-screen' });
  await openLive(page, '/storage?search=kept');
  // So that no news is on its way to the page any more: it would bring itself up to date, as nobody.
  await push(person, { name: 'kept-as-well' });
  await expect(row(page, 'kept-as-well')).toBeVisible();
  await call('user.session.dismiss', {}, person.session);
  await expect(page.getByRole('status').filter({ hasText: 'Your session ended' })).toBeVisible();
  await expect(row(page, 'kept-on-screen')).toBeVisible();
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await page.getByLabel('User name or e-mail').fill(person.name);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/storage?search=kept');
});

test('without a network the page says so, comes back by itself, and shows what happened meanwhile', async ({
  page,
  person,
  context,
}) => {
  await openLive(page);
  await context.setOffline(true);
  await expect(page.getByRole('status').filter({ hasText: 'does not answer' })).toBeVisible();
  await expect(page.getByRole('banner').getByText('Offline').last()).toBeVisible();
  await push(person, { name: 'meanwhile' });
  await context.setOffline(false);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect(row(page, 'meanwhile')).toBeVisible();
  await expect(page.getByText('does not answer')).toHaveCount(0);
});

test('a tab that signs in again is live, though another one still has the ended session', async ({
  context,
  person,
}) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  await openLive(first);
  await openLive(second);
  await call('user.session.dismiss', {}, person.session);
  for (const tab of [first, second]) await expect(tab.getByText('Your session ended')).toBeVisible();
  await second.getByRole('link', { name: 'Sign in again' }).click();
  await second.getByLabel('User name or e-mail').fill(person.name);
  await second.getByLabel('Password').fill(person.password);
  await second.getByRole('button', { name: 'Sign in' }).click();
  for (const tab of [second, first]) {
    await expect(tab.getByText('Live', { exact: true })).toBeVisible();
    await expect(tab.getByText('Your session ended')).toHaveCount(0);
  }
  await second.reload();
  await expect(second.getByText('Live', { exact: true })).toBeVisible();
});

test('a connection that has been silent for too long is made anew', async ({ page, person }) => {
  expect(person.name).toBeTruthy();
  let connections = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/api/events')) connections += 1;
  });
  await page.clock.install();
  await openLive(page);
  expect(connections).toBe(1);
  await page.clock.fastForward(41_000);
  await expect(async () => {
    await page.clock.fastForward(2_000);
    expect(connections).toBe(2);
  }).toPass();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
});
