import { expect, type Locator, type Page } from '@playwright/test';

/** More than any page has to walk through. */
const MAX_PRESSES = 250;

/** Presses Tab until `target` has the focus; fails where Tab does not lead to it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const hasFocus = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < MAX_PRESSES && !(await hasFocus()); presses += 1)
    await page.keyboard.press('Tab');
  await expect(target).toBeFocused();
}

/** Presses `key` in a menu or a list of tabs until `target` has the focus, which the menu moves a moment after the key. */
export async function moveTo(
  page: Page,
  key: `Arrow${'Down' | 'Up' | 'Right'}`,
  target: Locator,
): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(target).toBeFocused({ timeout: 200 });
  }).toPass({ intervals: [0] });
}

/** Tabs to a control and presses Enter. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
