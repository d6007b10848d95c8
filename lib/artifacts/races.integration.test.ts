import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deleteArtifact } from '#lib/artifacts/delete.ts';
import { expireArtifacts } from '#lib/artifacts/expire.ts';
import { findVisible } from '#lib/artifacts/find.ts';
import { updateArtifact } from '#lib/artifacts/update.ts';
import { DAY_MS, systemClock } from '#lib/clock.ts';
import { makeUser, push } from '#lib/testing/domain.ts';
import { expectRightBooks, whileHeld } from '#lib/testing/races.ts';

const inDays = (days: number) => ({ now: () => new Date(Date.now() + days * DAY_MS) });

describe('at the same moment', () => {
  it('a push and a deletion of one artifact leave right books and no byte without an owner', async () => {
    const user = await makeUser();
    const { id } = await push(user, randomBytes(10), { name: 'x' });
    const pushing = () => push(user, randomBytes(20), { name: 'x' });
    const deleting = () => deleteArtifact({ ...user, ref: { id } });
    await whileHeld(user, () => [pushing(), deleting()]);
    await expectRightBooks(user);
  });

  it('two pushes that fit together both succeed', async () => {
    const user = await makeUser({ quotaBytes: 100 });
    const results = await whileHeld(user, () => [
      push(user, randomBytes(40), { name: 'a' }),
      push(user, randomBytes(40), { name: 'b' }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    await expectRightBooks(user);
  });

  it('pushes that make room, deletions and expiry never count a version twice', async () => {
    const user = await makeUser({ quotaBytes: 1_000 });
    for (let round = 0; round < 5; round++) {
      for (const name of ['a', 'b', 'c']) await push(user, randomBytes(100 + round), { name });
    }
    const [a] = await Promise.all([
      push(user, randomBytes(90), { name: 'a' }),
      push(user, randomBytes(90), { name: 'd' }),
    ]);
    await Promise.allSettled([
      push(user, randomBytes(400), { name: 'e' }),
      deleteArtifact({ ...user, ref: { id: a.id } }),
      push(user, randomBytes(150), { name: 'b' }),
      expireArtifacts(inDays(8), user.origin),
      push(user, randomBytes(150), { name: 'c' }),
    ]);
    await expectRightBooks(user);
    await expireArtifacts(inDays(9), user.origin);
    await expectRightBooks(user);
  });

  it('a deletion by name and a rename never end in the loss of the new name', async () => {
    const user = await makeUser();
    for (let round = 0; round < 20; round++) {
      const row = await push(user, Buffer.from('x'), { name: `old-${round}` });
      const ref = { name: `old-${round}` };
      const changes = { name: `new-${round}` };
      const [deleted, renamed] = await Promise.allSettled([
        deleteArtifact({ ...user, ref }),
        updateArtifact({ ...user, ref: { id: row.id }, changes, clock: systemClock }),
      ]);
      expect([deleted.status, renamed.status].toSorted()).toEqual(['fulfilled', 'rejected']);
      const kept = await findVisible(user.caller, { name: `new-${round}` }).catch(() => null);
      expect(kept !== null).toBe(renamed.status === 'fulfilled');
    }
  });

  it('a rename and a change of access both last', async () => {
    const user = await makeUser();
    const { id } = await push(user, randomBytes(10), { name: 'old' });
    const change = (changes: { name?: string; public?: boolean }) =>
      updateArtifact({ ...user, ref: { id }, changes, clock: systemClock });
    await Promise.all([change({ name: 'new' }), change({ public: true })]);
    const after = await change({});
    expect(after).toMatchObject({ name: 'new', visibility: 'public' });
  });

  it('two deletions of one artifact: one of them finds it gone', async () => {
    const user = await makeUser();
    const { id } = await push(user, randomBytes(10), { name: 'x' });
    const results = await whileHeld(user, () => [
      deleteArtifact({ ...user, ref: { id } }),
      deleteArtifact({ ...user, ref: { id } }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expectRightBooks(user);
  });
});
