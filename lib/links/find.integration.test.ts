import { expect, it } from 'vitest';
import { makeResetLink } from '#lib/accounts/reset-password.ts';
import { HOUR_MS, systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { prisma } from '#lib/db/prisma.ts';
import { findLink, takeLink } from '#lib/links/find.ts';
import { makeUser } from '#lib/testing/domain.ts';

async function newLink() {
  const { caller, origin } = await makeUser();
  const { secret } = await makeResetLink({ name: caller.name, origin, clock: systemClock });
  return { kind: 'resetPassword', secret, clock: systemClock } as const;
}

/** Waits until a statement waits for somebody's lock. */
async function untilSomebodyWaits(): Promise<void> {
  const waiting = async () =>
    (
      await pool().query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      )
    ).rowCount;
  await expect.poll(waiting).toBe(1);
}

it('a link is taken once, also when a second one found it before the first was done', async () => {
  const link = await newLink();
  let second: Promise<unknown> = Promise.resolve();
  await prisma().$transaction(
    async (tx) => {
      await takeLink(tx, link);
      second = prisma().$transaction((other) => takeLink(other, link), { timeout: 60_000 });
      second.catch(() => {});
      await untilSomebodyWaits();
    },
    { timeout: 60_000 },
  );
  await expect(second).rejects.toMatchObject({ kind: 'not-found' });
});

it('a link that is looked at is not taken, one that is taken does not work, and one is over in time', async () => {
  const link = await newLink();
  for (const clock of [systemClock, { now: () => new Date(Date.now() + HOUR_MS - 60_000) }])
    expect(await findLink({ ...link, clock })).not.toBeNull();
  expect(await findLink({ ...link, clock: { now: () => new Date(Date.now() + HOUR_MS) } })).toBeNull();
  await prisma().$transaction((tx) => takeLink(tx, link));
  expect(await findLink(link)).toBeNull();
});

it('a link that fails in what it is for is not used up', async () => {
  const link = await newLink();
  const failing = prisma().$transaction(async (tx) => {
    await takeLink(tx, link);
    throw new Error('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  expect(await findLink(link)).not.toBeNull();
});
