import { expect, type Page } from '@playwright/test';
import { openPush } from '#lib/testing/client.ts';
import { queryOnce } from '#lib/testing/database.ts';
import { startTestServer } from '#lib/testing/server.ts';
import { call, given, type Person, push } from './support/api.ts';
import { docarrayAt } from './support/client.ts';
import { openSlowLink } from './support/slow-link.ts';
import { test } from './support/test.ts';

const MEGABYTES = 200;
/** Seven seconds for all of it. */
const LINK_BYTES_PER_SECOND = 30_000_000;

const arriving = (page: Page) => page.getByRole('row', { name: 'A push is arriving' });

/** Opens the list and waits until it hears of changes. */
async function openLive(page: Page, url = given('GS_URL')): Promise<void> {
  await page.goto(`${url}/storage`);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
}

/** Megabytes that the row says are here. */
async function megabytes(page: Page): Promise<number> {
  const title = await arriving(page).getByTitle('bytes so far').getAttribute('title');
  return Number(title?.replaceAll(/[^0-9]/g, '')) / 1_000_000;
}

async function blobsOf({ name }: Person): Promise<unknown[]> {
  return queryOnce(
    given('GS_DATABASE_URL'),
    `SELECT blob.id FROM blob JOIN namespace ON namespace.id = blob.namespace_id WHERE namespace.slug = '${name}'`,
  );
}

test(`a docarray push of ${MEGABYTES} MB grows as a row, on a second server too, and becomes the artifact in place`, async ({
  page,
  browser,
  person,
}) => {
  test.slow();
  await push(person, { name: 'old-one' });
  const env = { DATABASE_URL: given('GS_DATABASE_URL'), DATA_DIR: given('GS_DATA_DIR'), ROLE: 'web' };
  const second = await startTestServer(env);
  const link = await openSlowLink(given('GS_URL'), LINK_BYTES_PER_SECOND);
  const elsewhere = await browser.newContext();
  try {
    await elsewhere.addCookies([{ name: 'gs-session', value: person.session, url: second.url }]);
    const other = await elsewhere.newPage();
    await openLive(page);
    await openLive(other, second.url);
    const pushed = docarrayAt(link.url, person.session, 'push-large', `${person.name}/large`, `${MEGABYTES}`);
    pushed.catch(() => {});
    for (const one of [page, other]) {
      await expect(arriving(one)).toBeVisible({ timeout: 30_000 });
      await expect(arriving(one).getByRole('cell', { name: /MB\/s$/ })).toBeVisible();
      const before = await megabytes(one);
      await expect.poll(() => megabytes(one), { timeout: 30_000 }).toBeGreaterThan(before);
      await expect(arriving(one).getByRole('cell', { name: `${MEGABYTES}`, exact: true })).toBeVisible();
    }
    await pushed;
    for (const one of [page, other]) {
      await expect(one.getByRole('row', { name: 'large' })).toBeVisible();
      await expect(arriving(one)).toHaveCount(0);
    }
  } finally {
    await elsewhere.close();
    link.close();
    await second.stop();
  }
});

test('a docarray push is stopped from the page: its client says why, and nothing is left', async ({
  page,
  person,
}) => {
  test.slow();
  await push(person, { name: 'old-one' });
  const link = await openSlowLink(given('GS_URL'), LINK_BYTES_PER_SECOND);
  try {
    await openLive(page);
    const pushed = docarrayAt(link.url, person.session, 'push-large', `${person.name}/large`, `${MEGABYTES}`);
    const failure = expect(pushed).rejects.toThrow(/was stopped by its owner/);
    const stop = arriving(page).getByRole('button', { name: 'Stop this push' });
    await stop.focus({ timeout: 30_000 });
    await page.keyboard.press('Enter');
    await expect(arriving(page)).toHaveCount(0);
    await failure;
    await expect.poll(() => blobsOf(person)).toHaveLength(1);
    const names = await call<{ name: string }[]>('artifact.list', {}, person.session);
    expect(names.map(({ name }) => name)).toEqual(['old-one']);
  } finally {
    link.close();
  }
});

test('the empty page shows the first push while it arrives', async ({ page, person }) => {
  await openLive(page);
  await expect(page.getByText(`Listening for a push to ${person.name}.`)).toBeVisible();
  const first = openPush(given('GS_URL'), person.session, 'first');
  await first.write(Buffer.alloc(100_000));
  await expect(page.getByText('A push is arriving')).toBeVisible();
  await expect(page.getByTitle('100,000 bytes so far')).toBeVisible();
  await first.finish();
  await expect(page.getByRole('row', { name: 'first' })).toBeVisible();
  await expect(page.getByText('A push is arriving')).toHaveCount(0);
});
