import { expect, type Locator, type Page } from '@playwright/test';
import { paths } from '#components/paths.ts';
import { expectNoSidewaysScroll } from './support/accessibility.ts';
import { call, given, type Person } from './support/api.ts';
import {
  deleteHostile,
  hostilePerson,
  LINK,
  LONG,
  MARKUP,
  NAMES,
  pushHostile,
  TURNED,
  watch,
} from './support/hostile.ts';
import { test as base } from './support/test.ts';

interface Fixtures {
  /** Whoever looks is signed in as them: their own name is hostile, and all that they have. */
  victim: Person;
  /** What went wrong on any page so far; nothing may. */
  troubles: string[];
}

const test = base.extend<Fixtures>({
  victim: async ({ context, person }, use) => {
    const victim = await hostilePerson(person);
    await context.addCookies([{ name: 'gs-session', value: victim.session, url: given('GS_URL') }]);
    await use(victim);
  },
  troubles: [
    async ({ context }, use) => {
      const troubles = await watch(context);
      await use(troubles);
      expect(troubles).toEqual([]);
    },
    { auto: true },
  ],
});

test.describe.configure({ timeout: 240_000 });

/** Nothing of what clients sent has become an element, and every link leads somewhere that pages lead to. */
async function expectHarmless(page: Page): Promise<void> {
  await expect(page.getByRole('heading').first()).toBeVisible();
  await expect(
    page.locator('img, iframe, object, embed, base, form[action]:not([action^="/"]), [onerror], [onload]'),
  ).toHaveCount(0);
  const protocols = await page.evaluate(() => [...document.links].map((link) => link.protocol));
  expect(protocols.filter((protocol) => !/^https?:$/.test(protocol))).toEqual([]);
}

async function open(page: Page, path: string): Promise<void> {
  await test.step(path.slice(0, 120), async () => {
    await page.goto(path);
    await expectHarmless(page);
  });
}

/** A word of ours beside a name is drawn from left to right, whatever the name says of directions. */
async function expectStraight(within: Locator, word: string): Promise<void> {
  await expect(within.filter({ hasText: word })).toBeVisible();
  const [first, last] = await within.evaluate((root, text) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const start = node.nodeValue?.indexOf(text) ?? -1;
      if (start < 0) continue;
      const leftOf = (index: number) => {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        return range.getBoundingClientRect().left;
      };
      return [leftOf(start), leftOf(start + text.length - 1)];
    }
    return [];
  }, word);
  expect(last).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY);
}

async function addressOf(victim: Person, name: string, id: string): Promise<string> {
  return paths.artifact({ namespace: victim.name, name, id });
}

test('the watch sees what the policy refuses, and what would run', async ({ page, troubles, refusals }) => {
  await page.goto('/login');
  await page.evaluate((markup) => document.body.insertAdjacentHTML('beforeend', markup), MARKUP);
  await expect.poll(() => troubles.join()).toContain('the policy refused script-src-attr inline');
  expect(troubles.join()).not.toContain('a script ran');
  await page.evaluate(() => Object.assign(window, { ran: 1 }));
  await expect.poll(() => troubles.join()).toContain('a script ran');
  expect(refusals.length).toBeGreaterThan(0);
  troubles.length = 0;
  refusals.length = 0;
});

test('every list shows hostile names as text, and what it opens does too', async ({ page, victim }) => {
  for (const name of NAMES) await pushHostile(victim, name);
  await open(page, '/storage');
  for (const name of NAMES) await expect(page.getByRole('link', { name, exact: true })).toHaveText(name);
  await expectNoSidewaysScroll(page);
  for (const text of [MARKUP, LINK, TURNED]) {
    await open(page, `/storage?search=${encodeURIComponent(text)}`);
    await open(page, `/storage?sort=${encodeURIComponent(text)}&page=${encodeURIComponent(text)}`);
  }
  for (const query of ['type=other', 'access=public', 'sort=name', 'sort=size'])
    await open(page, `/storage?${query}`);
  await page.goto('/storage');
  for (const name of NAMES) {
    await page.getByRole('button', { name: `Access to ${name}: Public` }).click();
    await page.getByRole('menuitemradio', { name: /Private/ }).click();
    await expect(page.getByRole('button', { name: `Access to ${name}: Private` })).toBeVisible();
    await page.getByRole('button', { name: `Delete ${name}`, exact: true }).click();
    await expect(page.getByText(`${name} is in the trash.`)).toBeVisible();
    await expectHarmless(page);
  }
});

test('the trash shows hostile names and programs as text, and its dialogs do too', async ({
  page,
  victim,
}) => {
  for (const name of NAMES) await deleteHostile(victim, await pushHostile(victim, name));
  await pushHostile(victim, MARKUP);
  await open(page, '/storage/trash');
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: `Restore ${MARKUP}`, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectHarmless(page);
  await page.keyboard.press('Escape');
  for (const name of NAMES) {
    await page.getByRole('button', { name: `Delete ${name} now`, exact: true }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await expectHarmless(page);
    await page.keyboard.press('Escape');
  }
});

for (const name of NAMES) {
  test(`every part of the page of one artifact shows it as text: ${name.slice(0, 24)}`, async ({
    page,
    browser,
    victim,
  }) => {
    const address = await addressOf(victim, name, await pushHostile(victim, name));
    for (const view of ['', '?view=text', '?view=whole', '?tab=pulls', '?tab=settings']) {
      await open(page, `${address}${view}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    }
    await expectNoSidewaysScroll(page);
    const stranger = await browser.newContext({ baseURL: given('GS_URL') });
    const strangeTroubles = await watch(stranger);
    await open(await stranger.newPage(), address);
    expect(strangeTroubles).toEqual([]);
    await stranger.close();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`${name.slice(0, 60)}2`);
    await page.getByRole('button', { name: 'Rename' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${name.slice(0, 60)}2`);
    await expectHarmless(page);
  });
}

test('a name that turns the direction of writing turns nothing beside it', async ({ page, victim }) => {
  await pushHostile(victim, TURNED);
  await page.goto('/storage');
  await page.getByRole('button', { name: `Delete ${TURNED}`, exact: true }).click();
  await expectStraight(
    page
      .getByRole('region', { name: /Notifications/ })
      .getByRole('listitem')
      .first(),
    'trash',
  );
  await pushHostile(victim, TURNED);
  await page.goto('/storage/trash');
  await page.getByRole('button', { name: `Restore ${TURNED}`, exact: true }).click();
  await expectStraight(page.getByRole('dialog'), 'another');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: `Delete ${TURNED} now`, exact: true }).click();
  await expectStraight(page.getByRole('alertdialog'), 'now?');
  await expectStraight(page.getByRole('alertdialog'), 'confirm');
  await page.goto(`/storage/trash?search=${encodeURIComponent(`${TURNED}!`)}`);
  await expectStraight(page.getByRole('main'), 'its name');
  await page.goto('/settings/tokens');
  await page.getByRole('button', { name: `Revoke ${TURNED}`, exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expectStraight(
    page
      .getByRole('region', { name: /Notifications/ })
      .getByRole('listitem')
      .first(),
    'revoked',
  );
});

test('account, tokens and addresses show what is hostile as text', async ({ page, victim }) => {
  await open(page, '/settings/profile');
  await open(page, '/settings/appearance');
  await open(page, '/settings/account');
  await open(page, '/settings/sign-in-methods');
  await open(page, '/settings/tokens');
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: `Revoke ${MARKUP}`, exact: true }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectHarmless(page);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText(`${MARKUP} was revoked.`)).toBeVisible();
  await page.getByRole('button', { name: /^Account/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectHarmless(page);
  const text = encodeURIComponent(MARKUP);
  for (const path of [`/${text}`, `/storage/${victim.name}/${text}`, `/storage/${text}/${text}`])
    await open(page, path);
});

test('signing in leads to no script', async ({ page, victim }) => {
  await call('user.session.dismiss', {}, victim.session);
  const text = encodeURIComponent(MARKUP);
  for (const query of [`error=${text}`, `from=${text}`, `callbackUrl=${text}`])
    await open(page, `/login?${query}`);
  await open(page, `/signup?setup=${text}`);
  await open(page, `/login?from=${encodeURIComponent(LINK)}`);
  await page.getByLabel('User name or e-mail').fill(victim.name);
  await page.getByLabel('Password').fill(victim.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/storage');
  await expect(page.getByText(LONG)).toHaveCount(0);
});
