import { afterEach, describe, expect, it } from 'vitest';
import { expireArtifacts } from '#lib/artifacts/expire.ts';
import { findVisible } from '#lib/artifacts/find.ts';
import { restoreArtifact } from '#lib/artifacts/restore.ts';
import { updateArtifact } from '#lib/artifacts/update.ts';
import { DAY_MS } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { makeUser, push, type TestUser } from '#lib/testing/domain.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const onDay = (day: number) => ({ now: () => new Date(NOW + day * DAY_MS) });

afterEach(() => {
  env().MAX_RETENTION_DAYS = undefined;
});

function keep(user: TestUser, id: string, keepDays: number | null, day = 0) {
  return updateArtifact({ ...user, ref: { id }, changes: { keepDays }, clock: onDay(day) });
}

const dayOf = ({ expiresAt }: { expiresAt: Date | null }) =>
  expiresAt && (expiresAt.getTime() - NOW) / DAY_MS;

describe('keeping an artifact for longer', () => {
  it('counts from the wish, and again from each push after it', async () => {
    const user = await makeUser();
    const { id } = await push(user, Buffer.from('1'), { name: 'kept' }, onDay(0));
    expect(dayOf(await keep(user, id, 30, 5))).toBe(35);
    expect(dayOf(await push(user, Buffer.from('2'), { name: 'kept' }, onDay(6)))).toBe(36);
    expect(dayOf(await push(user, Buffer.from('2'), { id }, onDay(7)))).toBe(37);
    expect(await keep(user, id, null, 8)).toMatchObject({ expiresAt: null });
    expect(await push(user, Buffer.from('3'), { name: 'kept' }, onDay(9))).toMatchObject({ expiresAt: null });
  });

  it('outlives the housekeeping, and a shorter wish does not', async () => {
    const user = await makeUser();
    const [long, short] = [
      await push(user, Buffer.from('1'), { name: 'long' }, onDay(0)),
      await push(user, Buffer.from('1'), { name: 'short' }, onDay(0)),
    ];
    await keep(user, long.id, null);
    await keep(user, short.id, 1);
    await expireArtifacts(onDay(2), user.origin);
    expect(await findVisible(user.caller, { id: long.id })).toMatchObject({ name: 'long' });
    await expect(findVisible(user.caller, { id: short.id })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('gives as much again when it is restored after its time', async () => {
    for (const retentionDays of [7, 90, null]) {
      const user = await makeUser({ retentionDays });
      const { id } = await push(user, Buffer.from('1'), { name: 'kept' }, onDay(0));
      await keep(user, id, 30);
      await expireArtifacts(onDay(31), user.origin);
      expect(dayOf(await restoreArtifact({ ...user, id, clock: onDay(32) }))).toBe(62);
    }
  });

  it('is refused beyond the operator’s limit, and then nothing changes', async () => {
    const user = await makeUser();
    const { id } = await push(user, Buffer.from('1'), { name: 'kept' }, onDay(0));
    env().MAX_RETENTION_DAYS = 30;
    for (const days of [31, null]) {
      await expect(keep(user, id, days)).rejects.toThrow('This server keeps things for 30 days at most.');
    }
    expect(dayOf(await findVisible(user.caller, { id }))).toBe(7);
    expect(dayOf(await keep(user, id, 30))).toBe(30);
  });
});
