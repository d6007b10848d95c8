import type pg from 'pg';
import { READ_ARTIFACTS } from '#lib/artifacts/list.ts';
import { type PageQuery, pageStatement } from '#lib/artifacts/list-statement.ts';
import { withClient } from '../database.ts';
import { type Finding, figure } from '../finding.ts';
import { type Million, USUAL_COUNT } from '../million.ts';
import { median } from '../rounds.ts';

const PAGE_SIZE = 100;
const DEEP_PAGE = USUAL_COUNT / PAGE_SIZE;
const TIMES = 5;
const MAX_RATIO = 5;

interface Question {
  title: string;
  filter: Record<string, unknown>;
  sort: string;
  note?: string;
}

const SORTS = [
  'createdAt',
  'updatedAt',
  'name',
  'size',
  'type',
  'visibility',
  'expireAt',
  'documents',
  'pulls',
];
const QUESTIONS: Question[] = [
  ...SORTS.map((sort) => ({ title: `sorted by ${sort}`, filter: {}, sort })),
  { title: 'type is documentArray', filter: { type: 'documentArray' }, sort: 'createdAt' },
  { title: 'visibility is public', filter: { visibility: 'public' }, sort: 'createdAt' },
  { title: 'metaData.n is 77', filter: { 'metaData.n': 77 }, sort: 'createdAt', note: 'one matches in each' },
  {
    title: 'metaData.kind is k3',
    filter: { 'metaData.kind': 'k3' },
    sort: 'createdAt',
    note: '10,000 match beside 1,000, all of which are read for the exact total',
  },
  {
    title: 'metaData.branding is null',
    filter: { 'metaData.branding': null },
    sort: 'createdAt',
    note: '100,000 match beside 10,000, all of which are read for the exact total; a million have this value',
  },
];

interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  'Actual Loops': number;
  Plans?: PlanNode[];
}

/** The kinds of node that were run, with the index of those that have one. */
function kindsOf(plan: PlanNode): string[] {
  if (plan['Actual Loops'] === 0) return [];
  const index = plan['Index Name'];
  const own = index ? [`${plan['Node Type']} on ${index}`] : [plan['Node Type']];
  return [...own, ...(plan.Plans ?? []).flatMap(kindsOf)];
}

async function explain(
  client: pg.Client,
  text: string,
  values: unknown[],
): Promise<{ ms: number; plan: PlanNode }> {
  const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${text}`, values);
  const [answer] = rows[0]['QUERY PLAN'];
  return { ms: answer['Execution Time'], plan: answer.Plan };
}

/** The database's time for one page of artifact.list: its ids and the total, then the rows. */
async function pageTime(
  client: pg.Client,
  query: PageQuery,
): Promise<{ ms: number; kinds: string[]; total: number }> {
  const { text, values } = pageStatement(query);
  const { rows } = await client.query<{ total: number; ids: string[]; backwards: string[] }>(text, values);
  const [page] = rows;
  const ids = [...(page?.ids ?? []), ...(page?.backwards ?? [])];
  const times: number[] = [];
  let kinds: string[] = [];
  for (let time = 0; time < TIMES; time++) {
    const found = await explain(client, text, values);
    const read = await explain(client, READ_ARTIFACTS.text, [ids]);
    times.push(found.ms + read.ms);
    kinds = kindsOf(found.plan);
  }
  return { ms: median(times), kinds: [...new Set(kinds)], total: page?.total ?? 0 };
}

/** The worse of both directions. */
async function worst(client: pg.Client, question: Question, namespaceId: string, pageIndex: number) {
  const times = [];
  for (const direction of [1, -1] as const) {
    const sort = [{ field: question.sort, direction }];
    times.push(
      await pageTime(client, { namespaceId, filter: question.filter, sort, pageIndex, pageSize: PAGE_SIZE }),
    );
  }
  const [first, second] = times;
  if (!first || !second) throw new Error('a direction was not measured');
  return first.ms > second.ms ? first : second;
}

/** The first page, one as deep as the usual namespace is long, and the last; the worst of them counts. */
async function ask(client: pg.Client, question: Question, { largeId, usualId }: Million): Promise<Finding> {
  const beside = await worst(client, question, usualId, 1);
  const first = await worst(client, question, largeId, 1);
  const last = Math.ceil(first.total / PAGE_SIZE);
  const pages = [first];
  for (const pageIndex of [Math.min(DEEP_PAGE, last), last])
    pages.push(await worst(client, question, largeId, pageIndex));
  const middle = await worst(client, question, largeId, Math.ceil(last / 2));
  const ratio = Math.max(...pages.map(({ ms }) => ms)) / beside.ms;
  const kinds = [...new Set(pages.flatMap((page) => page.kinds))].join(', ');
  const farthest = `in the middle, farthest from either end, ${figure(middle.ms)} ms`;
  return {
    what: `list of 100,000 among a million, ${question.title}: first, a deep and the last page`,
    ours: `${pages.map(({ ms }) => figure(ms)).join(', ')} ms`,
    reference: `first page of 10,000: ${figure(beside.ms)} ms`,
    ratio,
    goal: `at most ${MAX_RATIO}`,
    isMet: ratio <= MAX_RATIO,
    note: [question.note, farthest, kinds].filter(Boolean).join('; '),
  };
}

/**
 * The database's time for pages of a namespace of 100,000 artifacts among a million, beside the first page of the same
 * query in a namespace of 10,000; medians of five.
 */
export async function measureMillion(million: Million, tell: (line: string) => void): Promise<Finding[]> {
  return withClient(million.url, async (client) => {
    const findings: Finding[] = [];
    for (const question of QUESTIONS) {
      findings.push(await ask(client, question, million));
      tell(`million: ${question.title}`);
    }
    return findings;
  });
}
