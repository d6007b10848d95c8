import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { call, type Person, push } from './support/api.ts';
import { tabTo } from './support/keyboard.ts';
import { test } from './support/test.ts';

const NAMES = ['apples', 'birds', 'cars', 'dunes', 'elms'];

async function fill(person: Person, names: string[] = NAMES): Promise<void> {
  // One after the other, so that the last one is on top.
  for (const name of names) await push(person, { name, isPublic: name === 'birds' });
}

function row(page: Page, name: string) {
  return page.getByRole('row', { name: new RegExp(name) });
}

async function publicNames(person: Person): Promise<string[]> {
  const list = await call<{ name: string; visibility: string }[]>('artifact.list', {}, person.session);
  return list.filter(({ visibility }) => visibility === 'public').map(({ name }) => name);
}

test('several are selected and made public at once, and the table does not move', async ({
  page,
  person,
}) => {
  await fill(person);
  await page.goto('/storage');
  const before = await row(page, 'birds').boundingBox();
  await page.getByRole('checkbox', { name: 'Select dunes' }).click();
  await page.getByRole('checkbox', { name: 'Select apples' }).click({ modifiers: ['Shift'] });
  const bar = page.getByRole('region', { name: 'Selected rows' });
  await expect(bar.getByText('4 selected')).toBeVisible();
  await expect(bar.getByText('40 bytes')).toBeVisible();
  expect(await row(page, 'birds').boundingBox()).toEqual(before);

  await page.getByRole('checkbox', { name: 'Select cars' }).click();
  await expect(bar.getByText('3 selected')).toBeVisible();
  await bar.getByRole('button', { name: 'Access' }).click();
  await page.getByRole('menuitemradio', { name: /Public/ }).click();
  await expect(page.getByRole('button', { name: 'Access to dunes: Public' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Access to cars: Private' })).toBeVisible();
  await expect.poll(async () => (await publicNames(person)).sort()).toEqual(['apples', 'birds', 'dunes']);

  await page.getByRole('button', { name: 'Clear the selection' }).click();
  await expect(bar).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Select all rows of this page' }).click();
  await expect(bar.getByText('5 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
});

test('many are deleted at once, and are back with one Undo', async ({ page, person }) => {
  await fill(person);
  await page.goto('/storage');
  await page.getByRole('checkbox', { name: 'Select elms' }).click();
  await page.getByRole('checkbox', { name: 'Select cars' }).click();
  await page.getByRole('region', { name: 'Selected rows' }).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('2 artifacts are in the trash.')).toBeVisible();
  await expect(row(page, 'elms')).toHaveCount(0);
  await expect(page.getByRole('checkbox', { name: /^Select (?!all)/ })).toHaveCount(3);
  await expect(page.getByRole('region', { name: 'Selected rows' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('checkbox', { name: /^Select (?!all)/ })).toHaveCount(5);
});

test('the keyboard alone moves, selects, opens and deletes', async ({ page, person }) => {
  await fill(person);
  await page.goto('/storage?sort=name');
  await expect(row(page, 'apples')).toBeVisible();
  const press = async (key: string, focused: string) => {
    await page.keyboard.press(key);
    await expect(row(page, focused)).toBeFocused();
  };
  await press('j', 'apples');
  await press('j', 'birds');
  await press('ArrowDown', 'cars');
  await press('ArrowUp', 'birds');
  await press('j', 'cars');
  await press('k', 'birds');
  await page.keyboard.press('x');
  await expect(row(page, 'birds')).toHaveAttribute('aria-selected', 'true');
  await press('j', 'cars');
  await page.keyboard.press('x');
  await expect(row(page, 'cars')).toHaveAttribute('aria-selected', 'true');
  const bar = page.getByRole('region', { name: 'Selected rows' });
  await expect(bar.getByText('2 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);

  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/storage/${person.name}/cars`);
  await page.goBack();
  await expect(row(page, 'cars')).toBeVisible();
  await press('j', 'apples');
  await page.keyboard.press('Delete');
  await expect(page.getByText('apples is in the trash.')).toBeVisible();
  await expect(row(page, 'apples')).toHaveCount(0);

  await tabTo(page, page.getByRole('searchbox', { name: 'Filter by name' }));
  await page.keyboard.type('jx');
  await expect(page.getByText('Nothing of yours has jx in its name.')).toBeVisible();
  await expect(page.getByRole('searchbox', { name: 'Filter by name' })).toBeFocused();
});

test('what is on its way out is not deleted twice, and the next key goes on from its place', async ({
  page,
  person,
}) => {
  await fill(person);
  await page.goto('/storage?sort=name');
  await expect(row(page, 'apples')).toBeVisible();
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('j');
  await expect(row(page, 'cars')).toBeFocused();
  const asked: string[] = [];
  await page.route('**/v2/rpc/artifact.delete*', async (route) => {
    asked.push(route.request().url());
    await expect.poll(() => row(page, 'cars').count()).toBe(1);
    for (const key of ['Delete', 'Delete']) await page.keyboard.press(key);
    await route.continue();
  });
  await page.keyboard.press('Delete');
  await expect(page.getByText('cars is in the trash.')).toBeVisible();
  await expect(row(page, 'cars')).toHaveCount(0);
  expect(asked).toHaveLength(1);
  await page.keyboard.press('j');
  await expect(row(page, 'dunes')).toBeFocused();
  await page.keyboard.press('x');
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  await tabTo(page, page.getByRole('button', { name: 'Clear the selection' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('the keys of the list are written below it, and Open in the menu of a row does what Enter does', async ({
  page,
  person,
}) => {
  await fill(person, ['photos']);
  await page.goto('/storage');
  for (const hint of ['jkmove', 'xselect', 'Enteropen', 'Deletedelete'])
    await expect(page.getByText(hint, { exact: true })).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'More for photos' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Open' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/storage/${person.name}/photos`);
});

test('filters stand in the URL, and Back takes them off', async ({ page, person }) => {
  await fill(person);
  await page.goto('/storage');
  await page.getByRole('button', { name: 'Access', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Public' }).click();
  await expect(page).toHaveURL('/storage?access=public');
  await expect(page.getByText('1–1 of 1')).toBeVisible();
  await page.getByRole('button', { name: 'Type', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Other files' }).click();
  await expect(page).toHaveURL('/storage?type=other&access=public');
  await expect(page.getByText('Nothing of yours is public and is another kind of file.')).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL('/storage?access=public');
  await expect(row(page, 'birds')).toBeVisible();
  await page.reload();
  await expect(page.getByText('1–1 of 1')).toBeVisible();
  await page.getByRole('link', { name: 'Remove the filter by access' }).click();
  await expect(page).toHaveURL('/storage');
  await expect(page.getByText('1–5 of 5')).toBeVisible();
});

test('the size of a page is chosen, and a long page is walked to its end', async ({ page, person }) => {
  test.slow();
  const names = Array.from({ length: 120 }, (_, index) => `set-${String(index).padStart(3, '0')}`);
  await Promise.all(names.map((name) => push(person, { name })));
  await page.goto('/storage?sort=name');
  await expect(page.getByText('1–50 of 120')).toBeVisible();
  await page.getByRole('button', { name: '50 a page' }).click();
  await page.getByRole('menuitemradio', { name: '500 a page' }).click();
  await expect(page).toHaveURL('/storage?sort=name&size=500');
  await expect(page.getByText('1–120 of 120')).toBeVisible();
  const last = row(page, 'set-119');
  await last.scrollIntoViewIfNeeded();
  await last.getByRole('button', { name: /^More for/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Copy pull code' })).toBeVisible();
});

test('a row that arrives stands out for a moment', async ({ page, person }) => {
  await fill(person, ['apples']);
  await page.goto('/storage');
  const none = 'rgba(0, 0, 0, 0)';
  await expect(row(page, 'apples')).toHaveCSS('background-color', none);
  await push(person, { name: 'birds' });
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(row(page, 'birds')).not.toHaveCSS('background-color', none);
  await expect(row(page, 'apples')).toHaveCSS('background-color', none);
  await expect(row(page, 'birds')).toHaveCSS('background-color', none);
});

test('a row has a menu with what can be done to it', async ({ page, person, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await fill(person, ['photos']);
  await page.goto('/storage');
  const more = page.getByRole('button', { name: 'More for photos' });
  await more.click();
  await page.getByRole('menuitem', { name: 'Copy pull code' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(`DocumentArray.pull('${person.name}/photos')`);
  await more.click();
  await page.getByRole('menuitem', { name: 'Make public' }).click();
  await expect(page.getByRole('button', { name: 'Access to photos: Public' })).toBeVisible();
  await more.click();
  await expect(page.getByRole('menuitem', { name: '30 days' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
  await more.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByText('photos is in the trash.')).toBeVisible();
});

test('axe finds nothing while rows are selected and filters are set', async ({ page, person }) => {
  await fill(person);
  await page.goto('/storage?access=private');
  await page.getByRole('checkbox', { name: 'Select elms' }).click();
  await page.keyboard.press('j');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [375, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
      const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(contentWidth).toBeLessThanOrEqual(width);
    }
  }
});
