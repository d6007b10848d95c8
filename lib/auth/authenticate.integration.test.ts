import { describe, expect, it, vi } from 'vitest';
import { setDisabled } from '#lib/accounts/disable.ts';
import { authenticate } from '#lib/auth/authenticate.ts';
import { DAY_MS, systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { prisma } from '#lib/db/prisma.ts';
import { createSession } from '#lib/sessions/create.ts';
import { dismissSession } from '#lib/sessions/dismiss.ts';
import { makeUser, type TestUser } from '#lib/testing/domain.ts';
import { createToken } from '#lib/tokens/create.ts';
import { listTokens } from '#lib/tokens/list.ts';
import { revokeToken } from '#lib/tokens/revoke.ts';

const clock = systemClock;
const daysAgo = (days: number) => ({ now: () => new Date(Date.now() - days * DAY_MS) });

function tokenOf(
  { caller, origin }: TestUser,
  options: { name?: string; days?: number | null; daysOld?: number } = {},
) {
  const { name = 'ci', days = 30, daysOld = 0 } = options;
  return createToken({ userId: caller.userId, name, days, origin, clock: daysAgo(daysOld) });
}

describe('a personal access token', () => {
  it('stands for its user, and only its hash is kept', async () => {
    const user = await makeUser();
    const { token } = await tokenOf(user);
    expect(await authenticate(token)).toMatchObject({ userId: user.caller.userId, via: 'token', scopes: [] });
    const { rows } = await pool().query('SELECT * FROM access_token t WHERE t.user_id = $1', [
      user.caller.userId,
    ]);
    expect(JSON.stringify(rows)).not.toContain(token.slice(10, 40));
  });

  it('stands for nobody else, however many are asked about at once', async () => {
    const users = await Promise.all(Array.from({ length: 20 }, () => makeUser()));
    const tokens = await Promise.all(users.map(async (user) => (await tokenOf(user)).token));
    const changed = tokens.map((token) => `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`);
    const callers = await Promise.all([...tokens, ...changed].map((token) => authenticate(token)));
    const ids = [...users.map(({ caller }) => caller.userId), ...changed.map(() => undefined)];
    expect(callers.map((caller) => caller?.userId)).toEqual(ids);
  });

  it('fails from the request after its revocation on', async () => {
    const user = await makeUser();
    const { token } = await tokenOf(user);
    await revokeToken({ userId: user.caller.userId, name: 'ci', origin: user.origin });
    expect(await authenticate(token)).toBeNull();
    await expect(
      revokeToken({ userId: user.caller.userId, name: 'ci', origin: user.origin }),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('fails when it has expired, is no longer listed, and gives its name back', async () => {
    const user = await makeUser();
    const { token } = await tokenOf(user, { days: 7, daysOld: 8 });
    expect(await authenticate(token)).toBeNull();
    expect(await listTokens(user.caller.userId, clock)).toEqual([]);
    expect(await authenticate((await tokenOf(user)).token)).not.toBeNull();
  });

  it('fails while its user is disabled, and works again afterwards', async () => {
    const user = await makeUser();
    const { token } = await tokenOf(user, { days: null });
    const { name } = user.caller;
    const { origin } = await makeUser();
    await setDisabled({ name, isDisabled: true, origin, clock });
    expect(await authenticate(token)).toBeNull();
    await setDisabled({ name, isDisabled: false, origin, clock });
    expect(await authenticate(token)).not.toBeNull();
  });

  it('has a name that no other live token of the user has, and cannot be revoked by somebody else', async () => {
    const user = await makeUser();
    const { token } = await tokenOf(user);
    await expect(tokenOf(user)).rejects.toMatchObject({ kind: 'name-taken' });
    const stranger = await makeUser();
    const [listed] = await listTokens(user.caller.userId, clock);
    await expect(
      revokeToken({ userId: stranger.caller.userId, id: listed?.id, origin: stranger.origin }),
    ).rejects.toMatchObject({ kind: 'not-found' });
    expect(await authenticate(token)).not.toBeNull();
  });

  it.each([0, -1, 1.5, Number.NaN, 4000])('cannot be made for %s days', async (days) => {
    await expect(tokenOf(await makeUser(), { days })).rejects.toMatchObject({ kind: 'invalid' });
  });

  it.each(['', ' ', 'x'.repeat(101), 'a\0b', '\ud800'])('cannot be named %j', async (name) => {
    await expect(tokenOf(await makeUser(), { name })).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('a session', () => {
  it('stands for its user until it is dismissed', async () => {
    const user = await makeUser();
    const { token, id } = await createSession({ userId: user.caller.userId, origin: user.origin, clock });
    expect(await authenticate(token)).toMatchObject({
      userId: user.caller.userId,
      via: 'session',
      credentialId: id,
    });
    await dismissSession({ sessionId: id, origin: user.origin });
    expect(await authenticate(token)).toBeNull();
  });

  /** When a session ends that began and was last used so many days ago, once it was used again. */
  async function endAfterUse(beganDaysAgo: number, leftDays: number): Promise<number> {
    const user = await makeUser();
    const { token, id } = await createSession({ userId: user.caller.userId, origin: user.origin, clock });
    const days = (count: number) => new Date(Date.now() + count * DAY_MS);
    const data = { createdAt: days(-beganDaysAgo), expiresAt: days(leftDays), lastUsedAt: null };
    await prisma().session.update({ where: { id }, data });
    await authenticate(token);
    const end = await vi.waitFor(async () => {
      const { lastUsedAt, expiresAt } = await prisma().session.findUniqueOrThrow({ where: { id } });
      expect(lastUsedAt).not.toBeNull();
      return expiresAt;
    });
    return Math.round((end.getTime() - Date.now()) / DAY_MS);
  }

  it('goes on while it is used, and not beyond its longest life', async () => {
    expect(await endAfterUse(20, 10)).toBe(30);
    expect(await endAfterUse(170, 2)).toBe(10);
  });

  it('ends by itself', async () => {
    const user = await makeUser();
    const { token } = await createSession({
      userId: user.caller.userId,
      origin: user.origin,
      clock: daysAgo(31),
    });
    expect(await authenticate(token)).toBeNull();
  });
});

it('nothing but a credential of ours stands for anybody', async () => {
  for (const text of ['', 'None', 'somerandomtoken', "' OR 1=1 --", 'gst_', '\0'])
    expect(await authenticate(text)).toBeNull();
});
