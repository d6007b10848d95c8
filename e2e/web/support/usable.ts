import type { Page } from '@playwright/test';

const PATIENCE_MS = 15_000;

/** In the browser: whether React has taken over each control, and so hears it. */
function isUsable(): boolean {
  const controls = [...document.querySelectorAll('button, input, select, textarea')];
  return controls.every((control) => Object.keys(control).some((key) => key.startsWith('__reactProps$')));
}

/**
 * Lets `page.goto` wait until the page can be used. A busy machine shows a page some time before its scripts hear it, and
 * Playwright clicks in between, faster than any person.
 */
export function waitUntilUsable(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (...where) => {
    const response = await goto(...where);
    await page.waitForFunction(isUsable, undefined, { timeout: PATIENCE_MS });
    return response;
  };
}
