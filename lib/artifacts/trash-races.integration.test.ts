import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deleteArtifact } from '#lib/artifacts/delete.ts';
import { findVisible } from '#lib/artifacts/find.ts';
import { purgeArtifacts, purgeTrash } from '#lib/artifacts/purge.ts';
import { restoreArtifact } from '#lib/artifacts/restore.ts';
import { DAY_MS, systemClock } from '#lib/clock.ts';
import { books, readAll, versionNumbers } from '#lib/testing/books.ts';
import { makeUser, push, type TestUser } from '#lib/testing/domain.ts';
import { expectRightBooks, whileHeld } from '#lib/testing/races.ts';

async function pushAndDelete(user: TestUser, name: string): Promise<string> {
  const { id } = await push(user, randomBytes(30), { name });
  await deleteArtifact({ ...user, ref: { id } });
  return id;
}

const restore = (user: TestUser, id: string, name?: string) =>
  restoreArtifact({ ...user, id, name, clock: systemClock });
const statuses = (results: PromiseSettledResult<unknown>[]) => results.map(({ status }) => status).toSorted();

describe('at the same moment', () => {
  it('a restore and a push of the same name leave one artifact of it and right books', async () => {
    for (let round = 0; round < 5; round++) {
      const user = await makeUser();
      const id = await pushAndDelete(user, 'x');
      const bytes = randomBytes(20);
      const pushing = () => push(user, bytes, { name: 'x' });
      const works = [() => restore(user, id), pushing];
      const [restored, pushed] = await whileHeld(user, () => works.map((work) => work()));
      expect(pushed?.status).toBe('fulfilled');
      const row = await findVisible(user.caller, { name: 'x' });
      expect(row.id === id).toBe(restored?.status === 'fulfilled');
      if (restored?.status === 'rejected') expect(restored.reason).toMatchObject({ kind: 'name-taken' });
      expect(await readAll(row)).toEqual(bytes);
      await expectRightBooks(user);
    }
  });

  it('two restores of one artifact: one of them finds it back already, and it is counted once', async () => {
    const user = await makeUser();
    const id = await pushAndDelete(user, 'x');
    const results = await whileHeld(user, () => [restore(user, id, 'a'), restore(user, id, 'b')]);
    expect(statuses(results)).toEqual(['fulfilled', 'rejected']);
    expect(await books(user)).toMatchObject({ usedBytes: 30, currentBytes: 30 });
    await expectRightBooks(user);
  });

  it('two restores under one name: one of them is told that it is taken', async () => {
    const user = await makeUser();
    const ids = [await pushAndDelete(user, 'x'), await pushAndDelete(user, 'x')];
    const results = await whileHeld(user, () => ids.map((id) => restore(user, id)));
    expect(statuses(results)).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { kind: 'name-taken' },
    });
    await expectRightBooks(user);
  });

  it('two restores that fit one by one and not together: one of them is refused', async () => {
    const user = await makeUser({ quotaBytes: 50 });
    const ids = [await pushAndDelete(user, 'a'), await pushAndDelete(user, 'b')];
    const results = await whileHeld(user, () => ids.map((id) => restore(user, id)));
    expect(statuses(results)).toEqual(['fulfilled', 'rejected']);
    expect(await books(user)).toMatchObject({ usedBytes: 30, currentBytes: 30 });
    await expectRightBooks(user);
  });

  it('a restore, the owner’s purge and the housekeeping’s: one of them has it, and it is whole or gone', async () => {
    const user = await makeUser();
    const inAWeek = { now: () => new Date(Date.now() + 8 * DAY_MS) };
    // What the tests before have left would be counted too.
    await purgeTrash(inAWeek, user.origin);
    for (let round = 0; round < 20; round++) {
      const id = await pushAndDelete(user, `x${round}`);
      const [restored, purged, kept] = await Promise.allSettled([
        restore(user, id),
        purgeArtifacts({ ...user, ids: [id] }),
        purgeTrash(inAWeek, user.origin),
      ]);
      if (purged.status === 'rejected' || kept.status === 'rejected') throw new Error('a purge failed');
      const isRestored = restored.status === 'fulfilled';
      expect(Number(isRestored) + purged.value + kept.value).toBe(1);
      expect(await versionNumbers(id)).toEqual(isRestored ? [1] : []);
      await expectRightBooks(user);
    }
  });

  it('a restore that waits for the books keeps what a purge is after', async () => {
    const user = await makeUser();
    const id = await pushAndDelete(user, 'x');
    const results = await whileHeld(
      user,
      () => [restore(user, id)],
      () => [purgeArtifacts({ ...user, ids: [id] })],
    );
    expect(results).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled', value: 0 }]);
    expect(await versionNumbers(id)).toEqual([1]);
  });

  it('pushes that make room, deletions and restores never count a version twice', async () => {
    const user = await makeUser({ quotaBytes: 1_000 });
    const ids: string[] = [];
    for (let round = 0; round < 4; round++)
      for (const name of ['a', 'b', 'c']) {
        const { id } = await push(user, randomBytes(80 + round), { name });
        if (round === 0) ids.push(id);
      }
    const change = async (id: string, round: number) => {
      const act = round % 2 === 0 ? deleteArtifact({ ...user, ref: { id } }) : restore(user, id);
      await act.catch(() => null);
    };
    for (let round = 0; round < 10; round++) {
      await Promise.allSettled([
        ...ids.map((id) => change(id, round)),
        push(user, randomBytes(200 + round), { name: 'd' }),
        push(user, randomBytes(150 + round), { name: 'a' }),
      ]);
      await expectRightBooks(user);
    }
  });
});
