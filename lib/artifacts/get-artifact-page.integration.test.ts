import { beforeAll, describe, expect, it } from 'vitest';
import { foldDownloads } from '#lib/artifacts/fold-downloads.ts';
import { getArtifactPage } from '#lib/artifacts/get-artifact-page.ts';
import { getPulls, PULL_DAYS } from '#lib/artifacts/get-pulls.ts';
import { updateArtifact } from '#lib/artifacts/update.ts';
import { DAY_MS, systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { newId } from '#lib/ids.ts';
import { makeUser, push, type TestUser } from '#lib/testing/domain.ts';

const ABSENT = newId();
let owner: TestUser;
let other: TestUser;
let open: string;
let closed: string;

beforeAll(async () => {
  [owner, other] = [await makeUser(), await makeUser()];
  const metaData = JSON.stringify({
    summary: [{ name: 'Length', value: 3 }],
    version: { docarray: '0.21.0' },
  });
  open = (await push(owner, Buffer.from('1'), { name: 'a/b c%', public: true, metaData })).id;
  closed = (await push(owner, Buffer.from('2'), { name: 'private' })).id;
});

function look(viewer: TestUser | null, ref: { id?: string; name?: string }, namespace?: string) {
  return getArtifactPage({
    caller: viewer?.caller ?? null,
    namespace: namespace ?? owner.caller.name,
    ref,
  });
}

describe('the page of an artifact', () => {
  it('shows its owner what is theirs, by name and by id', async () => {
    const page = await look(owner, { name: 'a/b c%' });
    expect(page).toMatchObject({ id: open, isOwn: true, version: 1, pulls: 0, keepDays: 7, documents: 3 });
    expect(page).toMatchObject({ measuredDocuments: null, client: { docarray: '0.21.0' } });
    expect(await look(owner, { id: open })).toEqual(page);
    expect(await look(owner, { name: 'private' })).toMatchObject({ id: closed });
  });

  it('shows somebody else and nobody what is public, and not as theirs', async () => {
    for (const viewer of [other, null])
      expect(await look(viewer, { name: 'a/b c%' })).toMatchObject({ id: open, isOwn: false });
  });

  it('is the same for what is private, absent, of another namespace, or no name at all', async () => {
    for (const viewer of [other, null]) {
      expect(await look(viewer, { name: 'private' })).toBeNull();
      expect(await look(viewer, { id: closed })).toBeNull();
    }
    expect(await look(owner, { id: ABSENT })).toBeNull();
    expect(await look(owner, { id: open }, other.caller.name)).toBeNull();
    for (const name of ['nothing', '', 'nul\0', 'x'.repeat(256), '\ud800'])
      expect(await look(owner, { name })).toBeNull();
    for (const namespace of ['nobody', '', 'nul\0', '\ud800'])
      expect(await look(owner, { name: 'private' }, namespace)).toBeNull();
  });

  it('means the namespace of the address, even where an own name begins like it', async () => {
    const name = `${owner.caller.name}/a/b c%`;
    const { id } = await push(other, Buffer.from('3'), { name: 'older' });
    // As when it was pushed before there was such a namespace.
    await pool().query('UPDATE artifact SET name = $2 WHERE id = $1', [id, name]);
    expect(await look(other, { name: 'a/b c%' })).toMatchObject({ id: open });
    expect(await look(other, { name }, other.caller.name)).toMatchObject({ id, isOwn: true });
  });

  it('says how long it is kept, by the wish of its owner or by the namespace', async () => {
    const { id } = await push(owner, Buffer.from('4'), { name: 'kept' });
    for (const keepDays of [30, null, 365]) {
      await updateArtifact({ ...owner, ref: { id }, changes: { keepDays }, clock: systemClock });
      expect(await look(owner, { id })).toMatchObject({ keepDays });
    }
  });
});

describe('the pulls of an artifact', () => {
  const clock = { now: () => new Date(Date.UTC(2026, 10, 22, 12)) };
  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * DAY_MS);

  async function pulled(id: string, client: string, at: Date, version = 1): Promise<void> {
    await pool().query(
      'INSERT INTO download (artifact_id, version_number, client, at) VALUES ($1, $2, $3, $4)',
      [id, version, client, at],
    );
  }

  it('are counted with those that were folded, by day and by program', async () => {
    const { id } = await push(owner, Buffer.from('5'), { name: 'pulled' });
    await pulled(id, 'python-requests/2.31.0', daysAgo(0));
    await pulled(id, 'python-requests/2.31.0 (x)', daysAgo(89), 2);
    await pulled(id, 'Mozilla/5.0 one', daysAgo(1));
    await pulled(id, 'Mozilla/5.0 two', daysAgo(200));
    await pulled(id, 'curl/8.0', daysAgo(201));
    await pulled(open, 'curl/8.0', daysAgo(0));
    const before = await getPulls({ ...owner, ref: { id }, clock });
    expect(before).toMatchObject({ total: 5, last: daysAgo(0) });
    expect(before.days).toHaveLength(PULL_DAYS);
    expect(before.days.map(({ count }) => count)).toEqual([1, ...Array(87).fill(0), 1, 1]);
    expect(before.clients).toMatchObject([
      { client: 'Browser', count: 2, version: 1, last: daysAgo(1) },
      { client: 'python-requests 2.31.0', count: 2, version: 2, last: daysAgo(0) },
      { client: 'curl 8.0', count: 1 },
    ]);
    await foldDownloads(clock);
    const after = await getPulls({ ...owner, ref: { id }, clock });
    expect({ ...after, clients: after.clients.map(({ count }) => count) }).toEqual({
      ...before,
      clients: [2, 2, 1],
    });
    expect(await look(owner, { id })).toMatchObject({ pulls: 5 });
  });

  it('are none at first, and many programs do not fill the page', async () => {
    const { id } = await push(owner, Buffer.from('6'), { name: 'crowded' });
    expect(await getPulls({ ...owner, ref: { id }, clock })).toMatchObject({
      total: 0,
      last: null,
      clients: [],
    });
    for (let number = 0; number < 60; number++) await pulled(id, `agent-${number}/1`, daysAgo(0));
    const { total, clients } = await getPulls({ ...owner, ref: { id }, clock });
    expect([total, clients.length, clients.at(-1)]).toMatchObject([60, 51, { client: 'Others', count: 10 }]);
  });

  it('are the owner’s alone', async () => {
    await expect(getPulls({ ...other, ref: { id: open }, clock })).rejects.toMatchObject({
      kind: 'not-allowed',
    });
    await expect(getPulls({ ...other, ref: { id: closed }, clock })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});
