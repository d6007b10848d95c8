import { expect, type Page } from '@playwright/test';
import { call, type Person, push } from './support/api.ts';
import { docarray } from './support/client.ts';
import { tabTo } from './support/keyboard.ts';
import { test } from './support/own-server.ts';

// One server for all of them, and its clock is moved: they take turns.
test.describe.configure({ mode: 'serial' });

const DAY_MS = 86_400_000;
const TEXTS = ['sunrise', 'noon', 'sunset'];

const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

/** In how many days the person's artifact is over, to the whole day; null: never. */
async function daysLeft(person: Person, name: string): Promise<number | null> {
  const { expireAt } = await call<{ expireAt?: string | null }>(
    'artifact.getDetail',
    { name },
    person.session,
  );
  return expireAt ? Math.round((Date.parse(expireAt) - Date.now()) / DAY_MS) : null;
}

/** Days until then, as the page's cells say it: `22 Dec`. */
function dayIn(days: number): RegExp {
  const at = new Date(Date.now() + days * DAY_MS);
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(at);
  return new RegExp(`^(until )?${day}( \\d{4})?$`);
}

test('the time of one is changed from its menu, and the page and the server say the same', async ({
  page,
  person,
}) => {
  await push(person, { name: 'photos' });
  expect(await daysLeft(person, 'photos')).toBe(7);
  await page.goto('/storage');
  for (const [choice, days] of [
    ['30 days', 30],
    ['A year', 365],
    ['For ever', null],
    ['7 days', 7],
  ] as const) {
    await page.getByRole('button', { name: 'More for photos' }).click();
    await page.getByRole('menuitem', { name: choice }).click();
    await expect(
      row(page, 'photos').getByRole('cell', { name: days === null ? 'For ever' : dayIn(days) }),
    ).toBeVisible();
    await expect.poll(() => daysLeft(person, 'photos')).toBe(days);
  }
});

test('the time of several is changed at once, by keyboard', async ({ page, person }) => {
  for (const name of ['apples', 'birds', 'cars']) await push(person, { name });
  await page.goto('/storage?sort=name');
  await page.keyboard.press('j');
  await expect(row(page, 'apples')).toBeFocused();
  await page.keyboard.press('x');
  await expect(row(page, 'apples')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('j');
  await expect(row(page, 'birds')).toBeFocused();
  await page.keyboard.press('x');
  await expect(row(page, 'birds')).toHaveAttribute('aria-selected', 'true');
  const bar = page.getByRole('region', { name: 'Selected rows' });
  await tabTo(page, bar.getByRole('button', { name: 'Keep' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: '7 days' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'For ever' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('cell', { name: 'For ever' })).toHaveCount(2);
  await expect.poll(() => daysLeft(person, 'apples')).toBeNull();
  await expect.poll(() => daysLeft(person, 'birds')).toBeNull();
  expect(await daysLeft(person, 'cars')).toBe(7);
});

test('the time is changed in the settings of the artifact, and stays so', async ({ page, person }) => {
  await push(person, { name: 'photos' });
  await page.goto(`/storage/${person.name}/photos?tab=settings`);
  const keep = page.getByRole('region', { name: 'Keep until' });
  await expect(keep.getByRole('radio', { name: /^7 days/ })).toBeChecked();
  await keep.getByRole('radio', { name: /^A year/ }).click();
  await expect.poll(() => daysLeft(person, 'photos')).toBe(365);
  await page.reload();
  await expect(keep.getByRole('radio', { name: /^A year/ })).toBeChecked();
});

test('what is kept longer outlives its time, and what is not goes: to the trash, then for good', async ({
  page,
  person,
  housekeeping,
}) => {
  test.setTimeout(180_000);
  const asClient = (...command: string[]) => docarray(person.session, ...command);
  for (const name of ['kept', 'over']) await asClient('push', name, ...TEXTS);
  await page.goto('/storage');
  await page.getByRole('button', { name: 'More for kept' }).click();
  await page.getByRole('menuitem', { name: '30 days' }).click();
  await expect.poll(() => daysLeft(person, 'kept')).toBe(30);

  await test.step('before its time is over nothing happens', async () => {
    await housekeeping.runIn(6.9, 'expire');
    expect(await asClient('pull', 'over')).toEqual(TEXTS);
  });
  await test.step('over, it is gone for the client and on the page, without a reload', async () => {
    await housekeeping.runIn(7.1, 'expire');
    await expect(asClient('pull', 'over')).rejects.toThrow(/404/);
    expect(await asClient('list')).toEqual(['kept']);
    expect(await asClient('pull', 'kept')).toEqual(TEXTS);
    await expect(row(page, 'over')).toHaveCount(0);
    await expect(row(page, 'kept')).toBeVisible();
  });
  await test.step('the trash says why, and brings it back for the client', async () => {
    await page.getByRole('link', { name: 'Trash 1' }).click();
    await expect(row(page, 'over').getByRole('cell', { name: 'its time ran out' })).toBeVisible();
    await page.getByRole('button', { name: 'Restore over' }).click();
    await expect(page.getByText('over is back.')).toBeVisible();
    expect(await asClient('pull', 'over')).toEqual(TEXTS);
    expect(await daysLeft(person, 'over')).toBe(7);
  });
  await test.step('after seven days in the trash it is gone for good', async () => {
    await call('artifact.delete', { name: 'over' }, person.session);
    await page.reload();
    expect(await housekeeping.runIn(6.9, 'purge')).toBe('0 artifacts removed from the trash.');
    await expect(row(page, 'over')).toBeVisible();
    expect(await housekeeping.runIn(7.1, 'purge')).toMatch(/^[1-9]\d* artifacts removed from the trash\.$/);
    await page.reload();
    await expect(page.getByText('The trash is empty.')).toBeVisible();
    await expect(asClient('pull', 'over')).rejects.toThrow(/404/);
    expect(await asClient('list')).toEqual(['kept']);
  });
});
