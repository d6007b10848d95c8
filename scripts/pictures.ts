import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { paths } from '#components/paths.ts';
import { ROOT } from '#lib/root.ts';
import { addUser } from '#lib/testing/admin.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import type { Person } from '../e2e/web/support/api.ts';
import { chromiumOptions } from '../e2e/web/support/chromium.ts';
import { seed } from './pictures/seed.ts';
import { type Shot, shots } from './pictures/shots.ts';

const FOLDER = path.join(ROOT, 'pictures');
const THEMES = ['light', 'dark'] as const;
/** Widths with the heights of usual screens. */
const SCREENS = new Map([
  [1440, 900],
  [768, 1024],
  [375, 812],
]);

/** Makes the screen as high as the page, so that what sticks to its edges is where a person sees it. */
async function setScreen(page: Page, width: number, isScreenOnly = false): Promise<void> {
  const height = SCREENS.get(width) ?? 900;
  await page.setViewportSize({ width, height });
  if (isScreenOnly) return;
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, whole) });
}

/** Takes the page as it is, in each theme and width; the widest first, where the list has all of its columns. */
async function takeAll(page: Page, shot: Shot): Promise<number> {
  let taken = 0;
  for (const width of shot.widths ?? SCREENS.keys()) {
    await setScreen(page, width, shot.isScreenOnly);
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const file = path.join(FOLDER, `${shot.name}-${width}-${theme}.png`);
      await page.screenshot({ path: file, animations: 'disabled' });
      taken += 1;
    }
  }
  return taken;
}

async function take(
  browser: Browser,
  url: string,
  shot: Shot,
  address: string,
  person?: Person,
): Promise<number> {
  const width = shot.widths?.[0] ?? 1440;
  const viewport = { width, height: SCREENS.get(width) ?? 900 };
  const context = await browser.newContext({ baseURL: url, viewport, reducedMotion: 'reduce' });
  try {
    if (person) await context.addCookies([{ name: 'gs-session', value: person.session, url }]);
    const page = await context.newPage();
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(() => document.fonts.ready);
    await shot.prepare?.(page);
    return await takeAll(page, shot);
  } finally {
    await context.close();
  }
}

/** The page of the set-up link, while there is no account yet. */
const SET_UP: Shot = { name: 'set-up', path: () => '/signup' };

async function takeEverything(browser: Browser, server: TestServer, wanted: string[]): Promise<number> {
  const { url, dataDir, databaseUrl } = server;
  const isWanted = ({ name }: Shot) => wanted.length === 0 || wanted.some((part) => name.includes(part));
  let taken = 0;
  if (isWanted(SET_UP)) taken += await take(browser, url, SET_UP, paths.signUp(await server.setupCode()));
  await addUser({ DATA_DIR: dataDir }, 'operator');
  process.env.GS_URL = url;
  const cast = await seed(databaseUrl);
  for (const shot of shots.filter(isWanted)) {
    const person = shot.as && cast[shot.as];
    taken += await take(browser, url, shot, shot.path(cast), person).catch((error) => {
      throw new Error(`The picture ${shot.name} cannot be taken.`, { cause: error });
    });
  }
  return taken;
}

await mkdir(FOLDER, { recursive: true });
const server = await startTestServer();
const browser = await chromium.launch(chromiumOptions);
try {
  const taken = await takeEverything(browser, server, process.argv.slice(2));
  process.stdout.write(`${taken} pictures are in ${FOLDER}.\n`);
} finally {
  await browser.close();
  await server.stop();
}
