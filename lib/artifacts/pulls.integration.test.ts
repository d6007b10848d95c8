import { beforeEach, describe, expect, it } from 'vitest';
import { deleteArtifacts } from '#lib/artifacts/delete.ts';
import { foldDownloads } from '#lib/artifacts/fold-downloads.ts';
import { foldPulls } from '#lib/artifacts/fold-pulls.ts';
import { listArtifactPage } from '#lib/artifacts/page.ts';
import { restoreArtifact } from '#lib/artifacts/restore.ts';
import { systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { makeUser, push, type TestUser } from '#lib/testing/domain.ts';

let user: TestUser;
let ids: Record<'often' | 'seldom' | 'never', string>;

beforeEach(async () => {
  user = await makeUser();
  const pushed = async (name: string) => (await push(user, Buffer.from('x'), { name })).id;
  ids = { often: await pushed('often'), seldom: await pushed('seldom'), never: await pushed('never') };
  await pull(ids.seldom, 2);
  await pull(ids.often, 5);
});

async function pull(id: string, times: number): Promise<void> {
  await pool().query(
    `INSERT INTO download (artifact_id, version_number, client, at)
     SELECT $1, 1, 'test', now() - each * interval '50 days' FROM generate_series(1, $2::int) AS each`,
    [id, times],
  );
}

async function byPulls(direction: 1 | -1): Promise<[string | null, number][]> {
  const sort = { field: 'pulls', direction };
  const { items } = await listArtifactPage({ ...user, filter: {}, sort, pageIndex: 1, pageSize: 10 });
  return items.map(({ name, pulls }) => [name, pulls]);
}

const MOST_FIRST: [string, number][] = [
  ['often', 5],
  ['seldom', 2],
  ['never', 0],
];

async function waiting(): Promise<number> {
  const { rows } = await pool().query<{ many: number }>(
    'SELECT count(*)::int AS many FROM pull_tally WHERE artifact_id = ANY($1)',
    [Object.values(ids)],
  );
  return rows[0]?.many ?? Number.NaN;
}

describe('the pulls of artifacts', () => {
  it('are counted at once, and give the order of a list as soon as they are added up', async () => {
    expect(new Map(await byPulls(-1))).toEqual(new Map(MOST_FIRST));
    await foldPulls();
    expect(await waiting()).toBe(0);
    expect(await byPulls(-1)).toEqual(MOST_FIRST);
    expect(await byPulls(1)).toEqual(MOST_FIRST.toReversed());
    await pull(ids.never, 9);
    expect((await byPulls(-1)).at(-1)).toEqual(['never', 9]);
    await foldPulls();
    expect((await byPulls(-1))[0]).toEqual(['never', 9]);
  });

  it('stay the same when old ones are folded into days', async () => {
    await foldPulls();
    await foldDownloads(systemClock);
    await foldPulls();
    expect(await byPulls(-1)).toEqual(MOST_FIRST);
  });

  it('of one that is being changed wait for the next time, and those of others do not', async () => {
    await transaction(async (client) => {
      await client.query('SELECT 1 FROM artifact WHERE id = $1 FOR UPDATE', [ids.often]);
      await foldPulls();
      expect(await waiting()).toBe(1);
    });
    expect(new Map(await byPulls(-1)).get('often')).toBe(5);
    await foldPulls();
    expect(await byPulls(-1)).toEqual(MOST_FIRST);
  });

  it('are still all there when it comes back from the trash', async () => {
    await deleteArtifacts({ ...user, refs: [{ id: ids.often }] });
    await foldPulls();
    await restoreArtifact({ ...user, clock: systemClock, id: ids.often });
    expect(await byPulls(-1)).toEqual(MOST_FIRST);
  });
});
