import { expect, type Page } from '@playwright/test';
import { executorPaths } from '#components/executor-paths.ts';
import { expectNoSidewaysScroll } from './support/accessibility.ts';
import { given, type Person } from './support/api.ts';
import { addTask, makeExecutor, onDatabase } from './support/executors.ts';
import { LINK, LONG, MARKUP, NAMES, TURNED, watch } from './support/hostile.ts';
import { test as base } from './support/test.ts';

/** Every page of Executors, where every text that a package or a client brings is hostile; see hostile.spec.ts. */
const test = base.extend<{ troubles: string[] }>({
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

const README = `# ${MARKUP}

${MARKUP}

<iframe src="https://elsewhere.example"></iframe><base href="https://elsewhere.example">

[click](${LINK}) ![x](${LINK}) ![y](https://elsewhere.example/x.png) ![z](data:image/svg+xml,<svg/onload=${LINK}>)
[ref]: javascript:alert(1)
[a][ref] <javascript:alert(1)> [b](//elsewhere.example) [c](../../../settings) [d](vbscript:x) [e](/settings/account)

${TURNED} ${LONG}${LONG}

\`\`\`${MARKUP}
${MARKUP}
\`\`\`

| ${LONG} | ${MARKUP} |
|---|---|
| ${TURNED} | ${LONG}${LONG} |
`;

const argument = { name: MARKUP, annotation: LONG, default: LINK, doc: TURNED };
const FACTS = {
  filePath: MARKUP,
  docstring: MARKUP,
  init: { args: [argument], kwargs: [{ ...argument, name: LONG }], docstring: MARKUP },
  endpoints: [
    {
      ...{ name: MARKUP, requests: LINK, routes: [MARKUP, LONG], args: [argument], kwargs: [argument] },
      ...{ docstring: TURNED, isAsync: true, inheritedFrom: LONG },
    },
  ],
  dependencies: [MARKUP, LINK, LONG, TURNED],
};

async function make(person: Person): Promise<{ id: string; name: string }[]> {
  return onDatabase(given('GS_DATABASE_URL'), async (client) => {
    const made = [];
    for (const name of NAMES) {
      const { id } = await makeExecutor(client, person, {
        ...{ name, visibility: 'public', description: MARKUP + LONG, keywords: [MARKUP, LINK, LONG, TURNED] },
        facts: FACTS,
        files: { 'README.md': README, 'executor.py': MARKUP },
      });
      await client.query('UPDATE executor SET url = $2 WHERE id = $1', [id, LINK]);
      const events = [{ type: 'start', subject: MARKUP }];
      await addTask(client, person, { executorId: id, name, state: 'failed', failure: MARKUP, events });
      made.push({ id, name });
    }
    return made;
  });
}

/** Nothing of it has become an element that does something, and every link leads somewhere that pages lead to. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading').first()).toBeVisible();
  await expect(
    page.locator('img, iframe, object, embed, base, form[action]:not([action^="/"]), [onerror], [onload]'),
  ).toHaveCount(0);
  const protocols = await page.evaluate(() => [...document.links].map((link) => link.protocol));
  expect(protocols.filter((protocol) => !/^https?:$/.test(protocol))).toEqual([]);
  await expectNoSidewaysScroll(page);
}

test('lists, pages and the Hub show hostile Executors as text', async ({ page, person }) => {
  const executors = await make(person);
  await open(page, '/executors');
  for (const { name } of executors)
    await expect(page.getByRole('link', { name, exact: true })).toHaveText(name);
  for (const tab of [
    'readme',
    'arguments',
    'endpoints',
    'dependencies',
    'tags',
    'files',
    'pushes',
    'settings',
  ] as const)
    for (const { id, name } of executors.slice(0, 2))
      await open(page, executorPaths.executor({ namespace: person.name, name, id }, { tab }));
  for (const text of [MARKUP, LINK, TURNED]) {
    await open(page, executorPaths.hub({ search: text }));
    await open(page, executorPaths.hub({ keyword: text }));
    await open(page, executorPaths.list({ search: text }));
  }
  await page.goto('/executors');
  for (const { name } of executors) {
    await page.getByRole('button', { name: `Delete ${name}`, exact: true }).click();
    await expect(page.getByText(`${name} is in the trash.`)).toBeVisible();
  }
  await open(page, '/executors/trash');
});
