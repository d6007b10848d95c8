import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { deleteArtifact } from '#lib/artifacts/delete.ts';
import { listTrash, type TrashQuery, trashStatement } from '#lib/artifacts/trash.ts';
import { pool } from '#lib/db/pool.ts';
import { makeUser, push } from '#lib/testing/domain.ts';
import { seedArtifacts } from '#lib/testing/seed-artifacts.ts';

/** Enough that Postgres has a reason to choose an index, and to miss one. */
const ARTIFACTS = 10_000;
const PAGE_SIZE = 100;

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  Plans?: PlanNode[];
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

const SORTS = [
  ['name', 'artifact_trash_by_name'],
  ['documents', 'artifact_trash_by_documents'],
  ['size', 'artifact_trash_by_size'],
  ['deletedBy', 'artifact_trash_by_client'],
  ['deletedAt', 'artifact_trash'],
  ['goneAt', 'artifact_trash'],
] as const;

describe('a large trash', () => {
  let namespaceId: string;

  beforeAll(async () => {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    for (let neighbour = 0; neighbour < 3; neighbour++) {
      namespaceId = (await makeUser()).caller.namespaceId;
      await seedArtifacts(client, { namespaceId, count: ARTIFACTS, metaData: '{}' });
      await client.query(
        `UPDATE artifact SET deletion = 'owner', deleted_at = now() - size_bytes * interval '1 millisecond',
           deleted_client = 'client/' || size_bytes WHERE namespace_id = $1`,
        [namespaceId],
      );
    }
    await client.query('VACUUM ANALYZE');
    await client.end();
  });

  it.each(SORTS)('is sorted by %s by an index, and only a page of it is read', async (field, index) => {
    for (const direction of [1, -1] as const) {
      const query = { namespaceId, sort: { field, direction }, pageIndex: 1, pageSize: PAGE_SIZE };
      const { text, values } = trashStatement(query);
      const { rows } = await pool().query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
      const nodes = nodesOf(rows[0]['QUERY PLAN'][0].Plan);
      const scans = nodes.filter((node) => node['Index Name'] === index);
      expect(scans).toMatchObject([{ 'Actual Rows': PAGE_SIZE }]);
      const sequential = nodes.filter((node) => node['Node Type'] === 'Seq Scan');
      expect(sequential.map((node) => node['Relation Name'])).not.toContain('artifact');
    }
  });

  it('is counted with every page, and ends where it ends', async () => {
    const sort = { field: 'name', direction: 1 } as const;
    const last = { namespaceId, sort, pageIndex: ARTIFACTS / PAGE_SIZE, pageSize: PAGE_SIZE };
    const { items, total } = await listTrash(last);
    expect(total).toBe(ARTIFACTS);
    expect(items.at(-1)?.name).toBe('artifact-9999');
    expect((await listTrash({ ...last, pageIndex: last.pageIndex + 1 })).items).toEqual([]);
  });
});

describe('the trash of a person', () => {
  it('is searched and sorted, and shows nothing of anybody else', async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const sizes = { 'b_one.da': 30, 'a%two': 10, 'c-one': 20 };
    for (const [name, size] of Object.entries(sizes)) {
      const { id } = await push(user, randomBytes(size), { name });
      await deleteArtifact({ ...user, ref: { id } });
    }
    const { id } = await push(other, randomBytes(5), { name: 'one-of-another' });
    await deleteArtifact({ ...other, ref: { id } });
    const names = async (field: TrashQuery['sort']['field'], direction: 1 | -1, search?: string) => {
      const place = { namespaceId: user.caller.namespaceId, pageIndex: 1, pageSize: 50 };
      const { items, total } = await listTrash({ ...place, sort: { field, direction }, search });
      expect(total).toBe(items.length);
      return items.map(({ name }) => name);
    };
    expect(await names('name', 1)).toEqual(['a%two', 'b_one.da', 'c-one']);
    expect(await names('size', -1)).toEqual(['b_one.da', 'c-one', 'a%two']);
    expect(await names('deletedAt', -1)).toEqual(['c-one', 'a%two', 'b_one.da']);
    expect(await names('goneAt', 1)).toEqual(['b_one.da', 'a%two', 'c-one']);
    expect(await names('name', 1, 'ONE')).toEqual(['b_one.da', 'c-one']);
    expect(await names('name', 1, '%')).toEqual(['a%two']);
    expect(await names('name', 1, '_')).toEqual(['b_one.da']);
    expect(await names('name', 1, '\0')).toEqual([]);
    expect(await names('name', 1, 'nothing')).toEqual([]);
  });
});
