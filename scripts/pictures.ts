import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { paths } from '#components/paths.ts';
import { ROOT } from '#lib/root.ts';
import { addUser } from '#lib/testing/admin.ts';
import { type AwayDatabase, externalPostgres } from '#lib/testing/external-postgres.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import type { Person } from '../e2e/web/support/api.ts';
import { chromiumOptions } from '../e2e/web/support/chromium.ts';
import { seed } from './pictures/seed.ts';
import { type Shot, shots } from './pictures/shots.ts';
import type { Stage } from './pictures/stage.ts';

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
async function takeAll(page: Page, shot: Pick<Shot, 'name' | 'widths' | 'isScreenOnly'>): Promise<number> {
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

/** Where a picture is taken, and of whose pages. */
interface Place {
  url: string;
  path: string;
  person?: Person;
}

async function take(
  browser: Browser,
  { url, path: address, person }: Place,
  shot: Pick<Shot, 'name' | 'widths' | 'isScreenOnly'>,
  prepare?: (page: Page) => Promise<void>,
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
    await prepare?.(page);
    return await takeAll(page, shot);
  } finally {
    await context.close();
  }
}

async function takeOnStage(browser: Browser, stage: Stage, shot: Shot): Promise<number> {
  const { url, cast } = stage;
  const place = { url, path: shot.path(cast), person: shot.as && cast[shot.as] };
  const work = () => take(browser, place, shot, async (page) => shot.prepare?.(page, stage));
  return shot.during ? shot.during(stage, work) : work();
}

async function takeEverything(
  browser: Browser,
  server: TestServer,
  database: AwayDatabase,
  wanted: string[],
): Promise<number> {
  const { url, databaseUrl } = server;
  const isWanted = ({ name }: { name: string }) =>
    wanted.length === 0 || wanted.some((part) => name.includes(part));
  let taken = 0;
  // While there is no account yet.
  const setUp = { name: 'set-up' };
  if (isWanted(setUp))
    taken += await take(browser, { url, path: paths.signUp(await server.setupCode()) }, setUp);
  await addUser(database.env, 'operator', '--admin');
  process.env.GS_URL = url;
  const stage = { url, database, databaseUrl, cast: await seed(databaseUrl) };
  for (const shot of shots.filter(isWanted)) {
    taken += await takeOnStage(browser, stage, shot).catch((error) => {
      throw new Error(`The picture ${shot.name} cannot be taken.`, { cause: error });
    });
  }
  return taken;
}

await mkdir(FOLDER, { recursive: true });
const database = await externalPostgres('SIGINT');
// Nobody listens there: what is shown is mail that waits.
const mail = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'groundstation@example.org' };
const server = await startTestServer({ ...database.env, ...mail });
const browser = await chromium.launch(chromiumOptions);
try {
  const taken = await takeEverything(browser, server, database, process.argv.slice(2));
  process.stdout.write(`${taken} pictures are in ${FOLDER}.\n`);
} finally {
  await browser.close();
  await server.stop();
  await database.end();
}
