import { beforeAll, describe, expect, it } from 'vitest';
import { countExpiring } from '#lib/artifacts/count-expiring.ts';
import { foldDownloads } from '#lib/artifacts/fold-downloads.ts';
import { listArtifactPage } from '#lib/artifacts/page.ts';
import { DAY_MS, systemClock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { makeUser, push, type TestUser } from '#lib/testing/domain.ts';

/** The header of a DocumentArray that says it has so many documents. */
function documentArray(documents: number): Buffer {
  const bytes = Buffer.alloc(20);
  bytes[0] = 1;
  bytes.writeBigUInt64BE(BigInt(documents), 1);
  return bytes;
}

let user: TestUser;
type Options = Omit<Parameters<typeof listArtifactPage>[0], 'caller'>;

const BY_NAME: Options = { filter: {}, sort: { field: 'name', direction: 1 }, pageIndex: 1, pageSize: 25 };

async function page(options: Partial<Options>) {
  return listArtifactPage({ ...BY_NAME, ...options, caller: user.caller });
}

async function names(options: Partial<Options>): Promise<(string | null)[]> {
  const { items, total } = await page(options);
  expect(total).toBe(items.length);
  return items.map(({ name }) => name);
}

beforeAll(async () => {
  user = await makeUser({ retentionDays: 7 });
  const earlier = { now: () => new Date(Date.now() - 6.5 * DAY_MS) };
  const type = 'documentArray';
  await push(user, documentArray(5), { name: 'five', type, public: true });
  await push(user, documentArray(70), { name: 'seventy', type }, earlier);
  await push(user, Buffer.from('no header'), { name: 'file' }, earlier);
  const forEver = await push(user, documentArray(6), { name: 'for-ever', type });
  await prisma().artifact.update({ where: { id: forEver.id }, data: { expiresAt: null } });
});

describe('the page of the Storage list', () => {
  it('sorts by documents, and what has no count is never among the largest', async () => {
    const sort = { field: 'documents', direction: -1 as const };
    expect(await names({ sort })).toEqual(['seventy', 'for-ever', 'five', 'file']);
    expect(await names({ sort: { ...sort, direction: 1 } })).toEqual(['file', 'five', 'for-ever', 'seventy']);
  });

  it('counts the documents of what was pushed again', async () => {
    const own = await makeUser();
    const type = 'documentArray';
    await push(own, documentArray(1), { name: 'a', type });
    await push(own, documentArray(2), { name: 'b', type });
    await push(own, documentArray(3), { name: 'a', type });
    const sort = { field: 'documents', direction: -1 as const };
    const { items } = await listArtifactPage({ ...BY_NAME, sort, caller: own.caller });
    expect(items.map(({ name, documents }) => [name, documents])).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });

  it('sorts by what is over first, for ever last', async () => {
    const { items } = await page({ sort: { field: 'expireAt', direction: 1 } });
    expect(items.map(({ name }) => name).slice(2)).toEqual(['five', 'for-ever']);
  });

  it('narrows by type, access, expiry and name, each with its total', async () => {
    expect(await names({ filter: { type: 'documentArray' } })).toEqual(['five', 'for-ever', 'seventy']);
    expect(await names({ exceptType: 'documentArray' })).toEqual(['file']);
    expect(await names({ filter: { visibility: 'public' } })).toEqual(['five']);
    const expiresBefore = new Date(Date.now() + DAY_MS);
    expect(await names({ expiresBefore })).toEqual(['file', 'seventy']);
    expect(await names({ expiresBefore, filter: { type: 'documentArray' } })).toEqual(['seventy']);
    expect(await names({ expiresBefore, exceptType: 'documentArray', search: 'FI' })).toEqual(['file']);
    expect(await names({ search: 'FI' })).toEqual(['file', 'five']);
  });

  it('counts what expires soon', async () => {
    const { namespaceId } = user.caller;
    expect(await countExpiring(namespaceId, new Date(Date.now() + DAY_MS))).toBe(2);
    expect(await countExpiring(namespaceId, new Date(Date.now() + 8 * DAY_MS))).toBe(3);
  });

  it('says how often each was pulled, those that are long ago too', async () => {
    const { items } = await page({});
    const five = items.find(({ name }) => name === 'five');
    const forEver = items.find(({ name }) => name === 'for-ever');
    if (!five || !forEver) throw new Error('the list is short');
    const pull = { artifactId: five.id, versionNumber: 1, client: 'test' };
    const longAgo = new Date(Date.now() - 200 * DAY_MS);
    await prisma().download.createMany({
      data: [
        pull,
        pull,
        { ...pull, at: longAgo },
        { ...pull, at: longAgo },
        { ...pull, artifactId: forEver.id },
      ],
    });
    await foldDownloads(systemClock);
    const pulls = (await page({})).items.map(({ name, pulls: count }) => [name, count]);
    expect(pulls).toEqual([
      ['file', 0],
      ['five', 4],
      ['for-ever', 1],
      ['seventy', 0],
    ]);
  });
});
