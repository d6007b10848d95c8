import { migrate } from '#lib/db/migrate.ts';
import { addUser } from '#lib/testing/admin.ts';
import { seedExecutors } from '#lib/testing/seed-executors.ts';
import { startTestServer } from '#lib/testing/server.ts';
import { makeDatabase, withClient } from '../database.ts';
import { type Finding, figure } from '../finding.ts';
import { median } from '../rounds.ts';

const COUNT = 100_000;
const TIMES = 40;
const MAX_SEARCH_MS = 30;

/** What people look for: a rare word, two words, a part of a word, a common word, a typing error, nothing there. */
const SEARCHES: [title: string, input: object][] = [
  ['a rare word', { search: 'rare123' }],
  ['two words', { search: 'protein satellite' }],
  ['a part of a name', { search: 'ranscri' }],
  ['a part of many names', { search: 'TextImage' }],
  ['a typing error', { search: 'protienn' }],
  ['a keyword, the most pulled', { keywords: ['audio'] }],
  ['the most pulled of all', {}],
  ['the newest of all', { sort: '-createdAt' }],
];

async function timeSearch(url: string, input: object): Promise<number> {
  const startMs = performance.now();
  const response = await fetch(`${url}/v2/rpc/executor.list`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ withAnonymous: true, pageSize: 20, ...input }),
  });
  await response.json();
  if (!response.ok) throw new Error(`executor.list: ${response.status}`);
  return performance.now() - startMs;
}

async function measure(url: string): Promise<Finding[]> {
  const all: number[] = [];
  const parts: string[] = [];
  for (const [title, input] of SEARCHES) {
    const times: number[] = [];
    for (let time = 0; time < TIMES; time++) times.push(await timeSearch(url, input));
    all.push(...times);
    parts.push(`${title} ${figure(median(times))}`);
  }
  const ms = median(all);
  return [
    {
      what: `Hub: a search among ${COUNT.toLocaleString('en-US')} public Executors`,
      ours: `${figure(ms)} ms`,
      goal: `under ${MAX_SEARCH_MS} ms`,
      isMet: ms < MAX_SEARCH_MS,
      note: `median of ${TIMES} each, in ms: ${parts.join(', ')}`,
    },
  ];
}

/**
 * How fast the public catalogue answers over HTTP, on a server of its own.
 * @param serverUrl of a Postgres on which a database of its own can be made.
 * @param dataDir for the server's secrets; there are no bytes.
 */
export async function measureHub(
  serverUrl: string,
  dataDir: string,
  tell: (line: string) => void,
): Promise<Finding[]> {
  const url = await makeDatabase(serverUrl, 'hub');
  await migrate(url);
  await addUser({ DATABASE_URL: url, DATA_DIR: dataDir }, 'owner');
  tell('a hundred thousand Executors are made, which takes a minute');
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM namespace WHERE slug = 'owner'`);
    await seedExecutors(client, { namespaceId: rows[0]?.id ?? '', count: COUNT });
    await client.query('VACUUM ANALYZE');
  });
  const server = await startTestServer({ DATABASE_URL: url, DATA_DIR: dataDir });
  try {
    tell('Hub: searches');
    return await measure(server.url);
  } finally {
    await server.stop();
  }
}
