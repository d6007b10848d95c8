import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { pageStatement } from '#lib/artifacts/list-statement.ts';
import { pool } from '#lib/db/pool.ts';
import { makeUser } from '#lib/testing/domain.ts';
import { seedArtifacts } from '#lib/testing/seed-artifacts.ts';

/** Enough that Postgres has a reason to choose an index, and to miss one. */
const NEIGHBOURS = 5;
const ARTIFACTS = 10_000;
const PAGE_SIZE = 100;

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Loops': number;
  'Actual Rows': number;
  Plans?: PlanNode[];
}

let namespaceId: string;

beforeAll(async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  for (let neighbour = 0; neighbour < NEIGHBOURS; neighbour++) {
    const user = await makeUser();
    namespaceId = user.caller.namespaceId;
    await seedArtifacts(client, {
      namespaceId,
      count: ARTIFACTS,
      metaData: '{"same":null,"kind":"k#10","n":#}',
    });
  }
  await client.query('VACUUM ANALYZE');
  await client.end();
});

/** The nodes of a plan that were run. */
function nodesOf(plan: PlanNode): PlanNode[] {
  if (plan['Actual Loops'] === 0) return [];
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

async function explain(filter: Record<string, unknown>, field: string, direction: 1 | -1, pageIndex: number) {
  const query = { namespaceId, filter, sort: [{ field, direction }], pageIndex, pageSize: PAGE_SIZE };
  const { text, values, isIndexed } = pageStatement(query);
  const { rows } = await pool().query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
  const nodes = nodesOf(rows[0]['QUERY PLAN'][0].Plan);
  return { nodes, isIndexed, kinds: nodes.map((node) => node['Node Type']) };
}

/** The rows that were read by way of an index. */
function rowsBy(nodes: PlanNode[], index: string): number {
  const used = nodes.filter((node) => node['Index Name'] === index);
  return used.reduce((sum, node) => sum + node['Actual Rows'] * node['Actual Loops'], 0);
}

const SORTS = [
  ['createdAt', 'artifact_by_created'],
  ['updatedAt', 'artifact_by_updated'],
  ['name', 'artifact_by_name'],
  ['size', 'artifact_by_size'],
  ['type', 'artifact_by_type'],
  ['visibility', 'artifact_by_visibility'],
  ['expireAt', 'artifact_by_expiry'],
  ['documents', 'artifact_by_documents'],
  ['pulls', 'artifact_by_pulls'],
] as const;
const FILTERS = [
  {},
  { type: 'documentArray' },
  { visibility: 'private' },
  { type: 'model', visibility: 'private' },
];

describe.each(SORTS)('a list of a large namespace, sorted by %s', (field, index) => {
  it.each(FILTERS)(
    'reads the first and the last page of %j from its index, and no more than that',
    async (filter) => {
      const query = { namespaceId, filter, sort: [], pageIndex: 1, pageSize: PAGE_SIZE };
      const first = pageStatement(query);
      const { total } = (await pool().query(first.text, first.values)).rows[0];
      expect(total).toBeGreaterThan(PAGE_SIZE);
      for (const direction of [1, -1] as const) {
        for (const pageIndex of [1, Math.ceil(total / PAGE_SIZE)]) {
          const { nodes, kinds, isIndexed } = await explain(filter, field, direction, pageIndex);
          expect(isIndexed).toBe(true);
          expect(kinds).not.toContain('Sort');
          const scans = nodes.filter((node) => node['Relation Name'] === 'artifact');
          expect(scans).toMatchObject([{ 'Node Type': expect.stringMatching(/^Index (Only )?Scan$/) }]);
          expect(scans[0]?.['Actual Rows']).toBeLessThanOrEqual(PAGE_SIZE);
          // Where the filter leaves one value of the field, every index gives the order.
          expect(scans[0]?.['Index Name']).toMatch(field in filter ? 'artifact_by_' : index);
        }
      }
    },
  );
});

describe('a filter on metadata in a large namespace', () => {
  it.each([
    ['metaData.same', null, ARTIFACTS],
    ['metaData.kind', 'k3', ARTIFACTS / 10],
    ['metaData.n', 77, 1],
  ])('finds %s by its index, and reads nothing of other namespaces', async (field, value, matches) => {
    const { nodes, isIndexed } = await explain({ [field]: value }, 'createdAt', -1, 1);
    expect(isIndexed).toBe(true);
    expect(rowsBy(nodes, 'artifact_version_meta_data')).toBe(matches);
    // Those of the namespace among 50,000 artifacts may be found by looking at all of them; metadata never is.
    const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan');
    expect(scanned.map((node) => node['Relation Name'])).not.toContain('artifact_version');
  });
});

describe('the filters of the Storage page in a large namespace', () => {
  const sort = [{ field: 'size', direction: -1 as const }];

  it('leaves one type out by the index of the sort', async () => {
    const query = { namespaceId, filter: {}, exceptType: 'documentArray', sort, pageIndex: 1, pageSize: 50 };
    const { text, values, isIndexed } = pageStatement(query);
    const { rows } = await pool().query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
    const nodes = nodesOf(rows[0]['QUERY PLAN'][0].Plan);
    expect(isIndexed).toBe(true);
    const scans = nodes.filter((node) => node['Relation Name'] === 'artifact');
    expect(scans).toMatchObject([{ 'Index Name': 'artifact_by_size', 'Actual Rows': 50 }]);
    expect((await pool().query(text, values)).rows[0].total).toBe(ARTIFACTS / 5);
  });

  it('reads what expires soon, and nothing else, by the index of that', async () => {
    const { rows: times } = await pool().query<{ at: Date }>(
      'SELECT expires_at AS at FROM artifact WHERE namespace_id = $1 ORDER BY 1 OFFSET 100 LIMIT 1',
      [namespaceId],
    );
    const query = { namespaceId, filter: {}, expiresBefore: times[0]?.at, sort, pageIndex: 1, pageSize: 50 };
    const { text, values, isIndexed } = pageStatement(query);
    const { rows } = await pool().query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
    expect(isIndexed).toBe(true);
    expect(rowsBy(nodesOf(rows[0]['QUERY PLAN'][0].Plan), 'artifact_by_expiry')).toBe(100);
    expect((await pool().query(text, values)).rows[0].total).toBe(100);
  });

  it('reads what a limited token may see, and nothing else, by the index of names', async () => {
    // Of 0 to 9,999: 99, 990 to 999, and 9,900 to 9,999.
    const matches = 111;
    const query = { namespaceId, filter: {}, namePattern: 'artifact-99*', sort, pageIndex: 1, pageSize: 50 };
    const { text, values } = pageStatement(query);
    const { rows } = await pool().query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
    const scans = nodesOf(rows[0]['QUERY PLAN'][0].Plan).filter(
      (node) => node['Relation Name'] === 'artifact',
    );
    expect(scans).toMatchObject([{ 'Index Name': expect.stringMatching(/_name/) }]);
    expect(scans[0]?.['Actual Rows']).toBe(matches);
    expect((await pool().query(text, values)).rows[0].total).toBe(matches);
  });
});
