import { beforeEach, describe, expect, it } from 'vitest';
import { deleteArtifacts } from '#lib/artifacts/delete.ts';
import { foldTally } from '#lib/artifacts/fold-tally.ts';
import { listArtifactIds } from '#lib/artifacts/list.ts';
import { updateArtifact } from '#lib/artifacts/update.ts';
import { systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { makeUser, push, type TestUser } from '#lib/testing/domain.ts';

const FILTERS = [{}, { type: 'documentArray' }, { type: 'model' }, { visibility: 'public' }];

let user: TestUser;

beforeEach(async () => {
  user = await makeUser();
});

async function totals(): Promise<number[]> {
  const page = { namespaceId: user.caller.namespaceId, sort: [], pageIndex: 1, pageSize: 1 };
  const pages = await Promise.all(FILTERS.map((filter) => listArtifactIds({ ...page, filter })));
  return pages.map(({ total }) => total);
}

/** The same by looking at every artifact. */
async function counted(): Promise<number[]> {
  const { rows } = await pool().query<Record<string, number>>(
    `SELECT count(*)::int AS a, count(*) FILTER (WHERE type = 'documentArray')::int AS b,
       count(*) FILTER (WHERE type = 'model')::int AS c, count(*) FILTER (WHERE visibility = 'public')::int AS d
     FROM artifact WHERE namespace_id = $1 AND deleted_at IS NULL`,
    [user.caller.namespaceId],
  );
  return Object.values(rows[0] ?? {});
}

async function tallyRows(): Promise<number> {
  const { rowCount } = await pool().query('SELECT 1 FROM artifact_tally WHERE namespace_id = $1', [
    user.caller.namespaceId,
  ]);
  return rowCount ?? 0;
}

describe('the total of a list', () => {
  it('follows pushes, replacements of another type, publications and deletions', async () => {
    await push(user, Buffer.from('1'), { name: 'a', type: 'documentArray' });
    await push(user, Buffer.from('2'), { name: 'b', type: 'model', public: true });
    await push(user, Buffer.from('3'), { name: 'c' });
    expect(await totals()).toEqual([3, 1, 1, 1]);
    await push(user, Buffer.from('4'), { name: 'a', type: 'model' });
    await push(user, Buffer.from('4'), { name: 'a', public: true });
    expect(await totals()).toEqual([3, 0, 2, 2]);
    await updateArtifact({ ...user, clock: systemClock, ref: { name: 'b' }, changes: { public: false } });
    await updateArtifact({ ...user, clock: systemClock, ref: { name: 'c' }, changes: { name: 'd' } });
    expect(await totals()).toEqual([3, 0, 2, 1]);
    await deleteArtifacts({ ...user, refs: [{ name: 'a' }, { name: 'd' }] });
    expect(await totals()).toEqual([1, 0, 1, 0]);
    expect(await totals()).toEqual(await counted());
  });

  it('counts a push that fails as if it had never begun', async () => {
    const poor = await makeUser({ quotaBytes: 2 });
    await expect(push(poor, Buffer.from('too much'), { name: 'a' })).rejects.toThrow();
    user = poor;
    expect(await totals()).toEqual([0, 0, 0, 0]);
  });

  it('is right while its rows are folded under pushes and deletions, and few rows are left', async () => {
    const change = async (number: number) => {
      await push(user, Buffer.from('x'), {
        name: `n${number}`,
        type: number % 2 ? 'model' : 'documentArray',
      });
      if (number % 3 === 0) await deleteArtifacts({ ...user, refs: [{ name: `n${number}` }] });
      if (number % 10 === 0) await foldTally();
    };
    await Promise.all(
      Array.from({ length: 4 }, async (_, worker) => {
        for (let number = worker; number < 80; number += 4) await change(number);
      }),
    );
    expect(await totals()).toEqual(await counted());
    const before = await totals();
    await foldTally();
    expect(await tallyRows()).toBeLessThanOrEqual(50);
    expect(await totals()).toEqual(before);
  });
});
