import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const HEIGHT = 800;
const OVERFLOW_WIDTHS = [320, 375, 768, 960, 1440, 2560];

/** What axe finds on the page as it is now: nothing. */
export async function expectNoFindings(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** axe finds nothing on the page with what is open on it, in both themes, on a phone and a desk. */
export async function expectNoFindingsAnywhere(page: Page, widths = [375, 1440]): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: HEIGHT });
      await test.step(`${colorScheme}, ${width} px`, () => expectNoFindings(page));
    }
  }
}

/** axe finds nothing on the page of a path, in both themes, on a phone and a desk. */
export async function expectAccessible(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await test.step(path, () => expectNoFindingsAnywhere(page));
}

/** No width makes the page scroll sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  for (const width of OVERFLOW_WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(contentWidth, `the width of ${page.url()} at ${width} px`).toBeLessThanOrEqual(width);
  }
}
