import { beforeEach, describe, expect, it } from 'vitest';
import { setDisabled } from '#lib/accounts/disable.ts';
import { listAccountPage } from '#lib/accounts/page.ts';
import { setDeleteAt } from '#lib/accounts/schedule-deletion.ts';
import { setAdmin } from '#lib/accounts/set-admin.ts';
import { commandOrigin } from '#lib/cli/command.ts';
import { DAY_MS, systemClock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { transaction } from '#lib/db/transaction.ts';
import { makeUser, type TestUser } from '#lib/testing/domain.ts';

const origin = commandOrigin();
const clock = systemClock;

async function makeAdministrator(): Promise<TestUser> {
  const made = await makeUser();
  await prisma().user.update({ where: { id: made.caller.userId }, data: { isAdmin: true } });
  return made;
}

beforeEach(async () => {
  await prisma().$executeRaw`TRUNCATE app_user, namespace, audit_event CASCADE`;
});

describe('the last administrator', () => {
  it('is neither disabled nor made an ordinary user, by whatever way', async () => {
    const { name } = (await makeAdministrator()).caller;
    await expect(setDisabled({ name, isDisabled: true, origin, clock })).rejects.toMatchObject({
      kind: 'not-allowed',
    });
    await expect(setAdmin({ name, isAdmin: false, origin })).rejects.toMatchObject({ kind: 'not-allowed' });
    const user = await prisma().user.findUniqueOrThrow({ where: { name } });
    expect(user).toMatchObject({ isAdmin: true, disabledAt: null });
    expect(await prisma().auditEvent.count()).toBe(0);
  });

  it('stays, however many are ended at once', async () => {
    const names = [];
    for (let count = 0; count < 8; count++) names.push((await makeAdministrator()).caller.name);
    await Promise.allSettled(names.map((name) => setDisabled({ name, isDisabled: true, origin, clock })));
    expect(await prisma().user.count({ where: { isAdmin: true, disabledAt: null } })).toBe(1);
  });

  it('is not one who is leaving: the other one stays, and disabling the leaver keeps the account', async () => {
    const [leaver, other] = [(await makeAdministrator()).caller, (await makeAdministrator()).caller];
    const deleteAt = new Date(Date.now() + DAY_MS);
    await transaction((client) => setDeleteAt(client, leaver.userId, deleteAt));
    await expect(setDisabled({ name: other.name, isDisabled: true, origin, clock })).rejects.toMatchObject({
      kind: 'not-allowed',
    });
    await setDisabled({ name: leaver.name, isDisabled: true, origin, clock });
    const kept = await prisma().user.findUniqueOrThrow({ where: { name: leaver.name } });
    expect(kept.deleteAt).toBeNull();
  });

  it('does not keep an ordinary user from being disabled', async () => {
    await makeAdministrator();
    const { name } = (await makeUser()).caller;
    await setDisabled({ name, isDisabled: true, origin, clock });
    expect((await prisma().user.findUniqueOrThrow({ where: { name } })).disabledAt).not.toBeNull();
  });
});

it('an account is made an administrator’s and an ordinary one again, and both are written down', async () => {
  await makeAdministrator();
  const { name } = (await makeUser()).caller;
  await setAdmin({ name, isAdmin: true, origin });
  await setAdmin({ name, isAdmin: false, origin });
  const acts = await prisma().auditEvent.findMany({ where: { target: name }, orderBy: { id: 'asc' } });
  expect(acts.map(({ action, detail }) => [action, detail])).toEqual([
    ['account.admin', { isAdmin: true }],
    ['account.admin', { isAdmin: false }],
  ]);
});

describe('the list of accounts', () => {
  const list = (options: Partial<Parameters<typeof listAccountPage>[0]> = {}) =>
    listAccountPage({ sort: { field: 'name', direction: 1 }, pageIndex: 1, pageSize: 25, ...options });

  it('finds a part of a name, of an address, and takes no pattern', async () => {
    const [one] = [await makeUser(), await makeUser()];
    const { name } = one.caller;
    await prisma().user.update({ where: { name }, data: { displayName: 'Ada_L', email: 'Ada@Lab.example' } });
    for (const search of [name.toUpperCase(), 'ada_', 'LAB.ex']) {
      const { items, total } = await list({ search });
      expect([items.map((item) => item.name), total]).toEqual([[name], 1]);
    }
    for (const search of ['%', 'a_a', 'a\u0000b'])
      expect(await list({ search })).toEqual({ items: [], total: 0 });
  });

  it('is sorted by what is used, and cut into pages', async () => {
    const users = [await makeUser(), await makeUser(), await makeUser()];
    for (const [index, { caller }] of users.entries())
      await prisma().namespaceUsage.update({
        where: { namespaceId: caller.namespaceId },
        data: { usedBytes: index * 10 },
      });
    const pages = [];
    for (const pageIndex of [1, 2])
      pages.push(await list({ sort: { field: 'used', direction: -1 }, pageIndex, pageSize: 2 }));
    expect(pages.map(({ items }) => items.map(({ usedBytes }) => usedBytes))).toEqual([[20, 10], [0]]);
    expect(pages.map(({ total }) => total)).toEqual([3, 3]);
  });

  it('says when somebody was last seen, by a session or a token', async () => {
    const { caller } = await makeUser();
    expect((await list()).items[0]?.lastSeenAt).toBeNull();
    const lastUsedAt = new Date('2026-01-02T03:04:05Z');
    const row = { userId: caller.userId, hash: new Uint8Array([1]) };
    await prisma().accessToken.create({ data: { ...row, id: 't', name: 't', prefix: 'gst_', lastUsedAt } });
    expect((await list()).items[0]?.lastSeenAt).toEqual(lastUsedAt);
    const createdAt = new Date('2026-02-02T03:04:05Z');
    await prisma().session.create({ data: { ...row, id: 's', createdAt, expiresAt: createdAt } });
    expect((await list()).items[0]?.lastSeenAt).toEqual(createdAt);
  });
});
