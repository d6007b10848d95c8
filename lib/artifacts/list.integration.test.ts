import { beforeAll, describe, expect, it } from 'vitest';
import { listArtifactIds, readArtifacts } from '#lib/artifacts/list.ts';
import type { SortKey } from '#lib/artifacts/query.ts';
import { makeUser, push, type TestUser } from '#lib/testing/domain.ts';

let user: TestUser;

beforeAll(async () => {
  user = await makeUser();
  await push(user, Buffer.from('1'), {
    name: 'b',
    type: 'documentArray',
    metaData: '{"n":1,"deep":{"k":"x"}}',
  });
  await push(user, Buffer.from('333'), {
    name: 'a',
    type: 'documentArray',
    public: true,
    metaData: '{"n":10,"list":["x"]}',
  });
  await push(user, Buffer.from('22'), { name: 'C', metaData: '{"n":2,"dup":null}' });
  await push(await makeUser(), Buffer.from('x'), { name: 'foreign', type: 'documentArray' });
});

async function names(
  filter: Record<string, unknown>,
  sort: SortKey[] = [],
  search?: string,
): Promise<(string | null)[]> {
  const query = { namespaceId: user.caller.namespaceId, filter, sort, search, pageIndex: 1, pageSize: 100 };
  const { ids, total } = await listArtifactIds(query);
  expect(total).toBe(ids.length);
  const found: (string | null)[] = [];
  for await (const row of readArtifacts(ids)) found.push(row.name);
  return found;
}

describe('listing artifacts', () => {
  it.each([
    ['name', ['C', 'a', 'b']],
    ['size', ['b', 'C', 'a']],
    ['createdAt', ['b', 'a', 'C']],
    ['updatedAt', ['b', 'a', 'C']],
    ['metaData.n', ['b', 'C', 'a']],
  ])('sorts by %s in both directions, with nothing of somebody else', async (field, order) => {
    expect(await names({}, [{ field, direction: 1 }])).toEqual(order);
    expect(await names({}, [{ field, direction: -1 }])).toEqual([...order].reverse());
  });

  it('sorts by visibility, public first', async () => {
    expect((await names({}, [{ field: 'visibility', direction: 1 }]))[0]).toBe('a');
    expect((await names({}, [{ field: 'visibility', direction: -1 }]))[2]).toBe('a');
  });

  it('keeps what lacks the field that it sorts by, and ignores fields that do not exist', async () => {
    expect(await names({}, [{ field: 'metaData.deep.k', direction: 1 }])).toHaveLength(3);
    expect(await names({}, [{ field: 'type', direction: -1 }])).toHaveLength(3);
    expect(await names({}, [{ field: "name'; DROP TABLE artifact; --", direction: 1 }])).toHaveLength(3);
    expect(await names({}, [{ field: '__proto__', direction: 1 }])).toHaveLength(3);
  });

  it.each([
    [{ type: 'documentArray' }, ['b', 'a']],
    [{ type: 'documentArray', visibility: 'public' }, ['a']],
    [{ name: 'C' }, ['C']],
    [{ size: 3 }, ['a']],
    [{ 'metaData.n': 10 }, ['a']],
    [{ 'metaData.n': 10.0, type: 'documentArray' }, ['a']],
    [{ 'metaData.deep.k': 'x' }, ['b']],
    [{ 'metaData.deep': { k: 'x' } }, ['b']],
    [{ 'metaData.dup': null }, ['C']],
    [{ 'metaData.list': ['x'] }, ['a']],
  ])('filters by %j', async (filter, found) => {
    expect(await names(filter)).toEqual(found);
  });

  it.each([
    { nonsense: 1 },
    { 'metaData.n': '10' },
    { 'metaData.list': 'x' },
    { 'metaData.nope.deeper': 1 },
    { visibility: 'secret' },
    { size: 'many' },
    { name: { $ne: null } },
    { name: 'a\0' },
    { 'metaData.n\0': 1 },
    { 'metaData.n': 'x\0' },
    { '': 1 },
    { "a.name = '' OR 1=1 --": 1 },
  ])('matches nothing, and does not fail, for the filter %j', async (filter) => {
    expect(await names(filter)).toEqual([]);
  });

  it('searches a part of the name in any case, and takes wildcards literally', async () => {
    expect(await names({}, [], 'c')).toEqual(['C']);
    expect(await names({}, [], '%')).toEqual([]);
    expect(await names({}, [], '\0')).toEqual([]);
  });

  it('pages, counts all, and answers a page beyond the end', async () => {
    const page = {
      namespaceId: user.caller.namespaceId,
      filter: {},
      sort: [{ field: 'name', direction: 1 as const }],
      pageSize: 2,
    };
    const pages = await Promise.all([1, 2, 3].map((pageIndex) => listArtifactIds({ ...page, pageIndex })));
    expect(pages.map(({ ids, total }) => [ids.length, total])).toEqual([
      [2, 3],
      [1, 3],
      [0, 3],
    ]);
  });
});
