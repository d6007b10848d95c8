import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from '@playwright/test';
import { PASSWORD } from '#lib/testing/admin.ts';
import { startTestServer } from '#lib/testing/server.ts';
import { type Finding, figure } from '../finding.ts';
import { LARGE_COUNT, type Million } from '../million.ts';
import { median } from '../rounds.ts';

const TIMES = 10;
const ROWS = 50;
const MAX_CLICK_MS = 300;
const MAX_SCRIPT_BYTES = 180_000;

interface Click {
  title: string;
  /** Where the person is, and the link that they click. */
  from: string;
  link: string;
}

const CLICKS: Click[] = [
  {
    title: 'Storage from Settings',
    from: '/settings/tokens',
    link: 'nav[aria-label="Main"] a[href="/storage"]',
  },
  { title: 'the next page', from: '/storage', link: 'a[href="/storage?page=2"]' },
  { title: 'sorted by size', from: '/storage', link: 'a[href*="sort="][href*="size"]' },
  { title: 'the hundredth page', from: '/storage?page=99', link: 'a[href="/storage?page=100"]' },
];

async function logIn(url: string, name: string): Promise<string> {
  const response = await fetch(`${url}/v2/rpc/user.identity.passwordLogin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: PASSWORD }),
  });
  const { data } = (await response.json()) as { data: { token: string } };
  return data.token;
}

/** Clicks, and takes the time until other rows than before, all of them, are painted; in ms. */
function timeClick(page: Page, link: string): Promise<number> {
  return page.evaluate(
    async ({ link, count }) => {
      const firstRow = () => document.querySelector('main tbody tr')?.getAttribute('data-row') ?? null;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const before = firstRow();
      const startMs = performance.now();
      document.querySelector<HTMLAnchorElement>(link)?.click();
      while (firstRow() === before || document.querySelectorAll('main tbody tr').length < count)
        await frame();
      // The frame after the one that has the rows begins when that one was painted.
      await frame();
      return performance.now() - startMs;
    },
    { link, count: ROWS },
  );
}

async function measureClick(page: Page, origin: string, { title, from, link }: Click): Promise<Finding> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    await page.goto(`${origin}${from}`, { waitUntil: 'networkidle' });
    times.push(await timeClick(page, link));
  }
  const ms = median(times);
  return {
    what: `page: ${ROWS} of ${LARGE_COUNT.toLocaleString('en-US')} own artifacts among a million on screen, ${title}`,
    ours: `${figure(ms)} ms`,
    goal: `at most ${MAX_CLICK_MS} ms`,
    isMet: ms <= MAX_CLICK_MS,
    note: `median of ${TIMES} clicks, the slowest ${figure(Math.max(...times))} ms`,
  };
}

/** What the browser loads for the list, and how much it moves while it comes. */
async function measureLoad(page: Page, origin: string): Promise<Finding[]> {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    const isScript = response.request().resourceType() === 'script';
    if (isScript) sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(`${origin}/storage`, { waitUntil: 'networkidle' });
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 500);
      }),
  );
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  return [
    {
      what: 'page: JavaScript of the list, gzip',
      ours: `${figure(bytes / 1_000)} kB`,
      goal: `at most ${MAX_SCRIPT_BYTES / 1_000} kB`,
      isMet: bytes <= MAX_SCRIPT_BYTES,
    },
    {
      what: 'page: layout shift while the list loads',
      ours: figure(shift),
      goal: '0',
      isMet: shift === 0,
    },
  ];
}

async function measureIn(browser: Browser, origin: string, session: string): Promise<Finding[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name: 'gs-session', value: session, url: origin }]);
  const findings = await measureLoad(await context.newPage(), origin);
  const page = await context.newPage();
  for (const click of CLICKS) findings.push(await measureClick(page, origin, click));
  return findings;
}

/** What a person waits for in the browser, on a built server of its own. Needs a Chromium (`GS_CHROMIUM`). */
export async function measurePages(million: Million, tell: (line: string) => void): Promise<Finding[]> {
  const server = await startTestServer({ DATABASE_URL: million.url, DATA_DIR: million.dataDir });
  const executablePath = process.env.GS_CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    tell('pages: in a browser');
    return await measureIn(browser, server.url, await logIn(server.url, million.owner));
  } finally {
    await browser.close();
    await server.stop();
  }
}
