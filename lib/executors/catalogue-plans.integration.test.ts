import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#lib/db/pool.ts';
import { listCatalogue } from '#lib/executors/catalogue.ts';
import { type CatalogueQuery, searchStatement, walkStatement } from '#lib/executors/catalogue-statement.ts';
import { makeUser } from '#lib/testing/domain.ts';
import { seedExecutors } from '#lib/testing/seed-executors.ts';

/** Enough that Postgres has a reason to choose an index, and to miss one. */
const EXECUTORS = 10_000;
const PAGE_SIZE = 20;

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Loops': number;
  'Actual Rows': number;
  Plans?: PlanNode[];
}

beforeAll(async () => {
  const { namespaceId } = (await makeUser()).caller;
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await seedExecutors(client, { namespaceId, count: EXECUTORS });
  await client.query('VACUUM ANALYZE');
  await client.end();
});

function nodesOf(plan: PlanNode): PlanNode[] {
  if (plan['Actual Loops'] === 0) return [];
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

async function explain({ text, values }: { text: string; values: unknown[] }): Promise<PlanNode[]> {
  const { rows } = await pool().query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
  return nodesOf(rows[0]['QUERY PLAN'][0].Plan);
}

const HUB: CatalogueQuery = {
  ...{ caller: null, search: null, author: null, keywords: [], withAnonymous: true },
  ...{ sort: { field: 'pulls', direction: -1 }, pageIndex: 1, pageSize: PAGE_SIZE },
};
const indexes = (nodes: PlanNode[]) => nodes.flatMap((node) => node['Index Name'] ?? []);
const scanned = (nodes: PlanNode[]) =>
  nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);

describe('a large Hub', () => {
  it.each([
    ['pulls', 'executor_hub_by_pulls'],
    ['updatedAt', 'executor_hub_by_updated'],
    ['createdAt', 'executor_hub_by_created'],
    ['name', 'executor_hub_by_name'],
  ] as const)('reads a page by %s from its index, and no more than that', async (field, index) => {
    for (const direction of [1, -1] as const) {
      const nodes = await explain(walkStatement({ ...HUB, sort: { field, direction }, pageIndex: 2 }));
      const scans = nodes.filter((node) => node['Relation Name'] === 'executor');
      expect(scans).toMatchObject([{ 'Index Name': index, 'Actual Rows': 2 * PAGE_SIZE }]);
    }
  });

  it('finds a word by the index of words and a part of one by that of letters, and reads nothing else', async () => {
    const exact = await explain(searchStatement(HUB, 'rare77', false));
    expect(indexes(exact)).toEqual(expect.arrayContaining(['executor_hub_words', 'executor_hub_letters']));
    expect(scanned(exact)).not.toContain('executor');
    const loose = await explain(searchStatement(HUB, 'protien', true));
    expect(indexes(loose)).toContain('executor_hub_letters');
    expect(scanned(loose)).not.toContain('executor');
  });

  it('finds what it should, with the number of all', async () => {
    const { total, items } = await listCatalogue({ ...HUB, search: 'rare77' });
    expect(total).toBe(EXECUTORS / 1000);
    expect(items).toHaveLength(EXECUTORS / 1000);
    expect((await listCatalogue(HUB)).total).toBe(EXECUTORS);
    expect(await listCatalogue({ ...HUB, search: 'protien' })).toMatchObject({ isLoose: true });
  });
});
