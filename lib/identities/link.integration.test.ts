import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { setPassword } from '#lib/accounts/set-password.ts';
import { MINUTE_MS, systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { prisma } from '#lib/db/prisma.ts';
import { findIdentity } from '#lib/identities/find.ts';
import { linkIdentity } from '#lib/identities/link.ts';
import { listSignInMethods } from '#lib/identities/list.ts';
import type { ProviderPerson } from '#lib/identities/person.ts';
import { unlinkIdentity } from '#lib/identities/unlink.ts';
import { makeStranger, makeUser, type TestUser } from '#lib/testing/domain.ts';
import { untilWaiting } from '#lib/testing/races.ts';

function person(provider = 'github'): ProviderPerson {
  const subject = randomBytes(8).toString('hex');
  return { provider, subject, label: 'octo', displayName: null, email: null, isEmailVerified: false };
}

function link(user: TestUser, who: ProviderPerson): Promise<void> {
  return linkIdentity({ ...user, person: who, clock: systemClock });
}

async function idsOf({ caller }: TestUser): Promise<string[]> {
  return (await listSignInMethods(caller.userId)).identities.map(({ id }) => id);
}

describe('linking', () => {
  it('lets the person sign in, once for each identity, and is written down', async () => {
    const [user, who] = [await makeUser(), person()];
    await link(user, who);
    await link(user, who);
    const found = await findIdentity({ person: who, ...makeStranger(), clock: systemClock });
    expect(found).toEqual({ kind: 'known', userId: user.caller.userId });
    const acts = await prisma().auditEvent.findMany({ where: { target: user.caller.name } });
    expect(acts.map(({ action }) => action)).toEqual(['account.link']);
  });

  it('of what signs in another account is refused without its name, whoever of two at once is second', async () => {
    const [one, two, who] = [await makeUser(), await makeUser(), person()];
    const results = await Promise.allSettled([link(one, who), link(two, who)]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ kind: 'name-taken' });
    expect(refused[0]?.reason.message).not.toContain(one.caller.name);
    expect([...(await idsOf(one)), ...(await idsOf(two))]).toHaveLength(1);
  });

  it('and unlinking need a person in a browser', async () => {
    const user = await makeUser();
    await link(user, person());
    const [id = ''] = await idsOf(user);
    for (const change of [{ via: 'token' as const }, { isProgram: true }]) {
      const program = { ...user, caller: { ...user.caller, ...change } };
      await expect(link(program, person())).rejects.toMatchObject({ kind: 'not-allowed' });
      await expect(unlinkIdentity({ ...program, id })).rejects.toMatchObject({ kind: 'not-allowed' });
    }
  });

  it('to a disabled account signs nobody in, which is written down', async () => {
    const [user, who] = [await makeUser(), person()];
    await link(user, who);
    await prisma().user.update({ where: { id: user.caller.userId }, data: { disabledAt: new Date() } });
    const found = await findIdentity({ person: who, ...makeStranger(), clock: systemClock });
    expect(found).toEqual({ kind: 'disabled' });
    const act = await prisma().auditEvent.findFirst({ where: { action: 'session.refuseDisabled' } });
    expect(act).toMatchObject({ target: user.caller.name, detail: { provider: 'github' } });
  });
});

describe('unlinking', () => {
  it('leaves the last identity where there is no password, and takes it where there is one', async () => {
    const user = await makeUser();
    await link(user, person());
    const [id = ''] = await idsOf(user);
    await expect(unlinkIdentity({ ...user, id })).rejects.toMatchObject({ kind: 'not-allowed' });
    await setPassword({ ...user, newPassword: 'a sentence that is ours', clock: systemClock });
    await unlinkIdentity({ ...user, id });
    expect(await idsOf(user)).toEqual([]);
  });

  it('of both identities at once leaves one', async () => {
    const user = await makeUser();
    await link(user, person());
    await link(user, person('google'));
    const holder = await pool().connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM app_user WHERE id = $1 FOR UPDATE', [user.caller.userId]);
    const both = Promise.allSettled((await idsOf(user)).map((id) => unlinkIdentity({ ...user, id })));
    await untilWaiting(2);
    await holder.query('COMMIT');
    holder.release();
    expect((await both).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await idsOf(user)).toHaveLength(1);
  });

  it('of another’s identity is as of none', async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    await link(other, person());
    const [id = ''] = await idsOf(other);
    await expect(unlinkIdentity({ ...user, id })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(unlinkIdentity({ ...user, id: 'none' })).rejects.toMatchObject({ kind: 'not-found' });
    expect(await idsOf(other)).toEqual([id]);
  });
});

describe('a first password', () => {
  it('needs a sign-in of the last ten minutes, since nothing else proves who it is', async () => {
    const user = await makeUser();
    const clock = { now: () => new Date(user.caller.createdAt.getTime() + 11 * MINUTE_MS) };
    const newPassword = 'a sentence that is ours';
    await expect(setPassword({ ...user, newPassword, clock })).rejects.toMatchObject({ kind: 'not-allowed' });
  });

  it('is set once, ends the other sessions, and takes the present one afterwards', async () => {
    const user = await makeUser();
    const { userId } = user.caller;
    const hash = new Uint8Array(randomBytes(32));
    await prisma().session.create({ data: { id: hash.join(''), hash, userId, expiresAt: new Date(2e12) } });
    await setPassword({ ...user, newPassword: 'a sentence that is ours', clock: systemClock });
    expect(await prisma().session.count({ where: { userId } })).toBe(0);
    await expect(
      setPassword({ ...user, newPassword: 'another sentence of ours', clock: systemClock }),
    ).rejects.toMatchObject({
      kind: 'not-allowed',
    });
  });
});
