import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccount } from '#lib/accounts/create.ts';
import { setSignUpPolicy, signUpPolicy, signUpRefusal } from '#lib/accounts/policy.ts';
import { systemClock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { env } from '#lib/env.ts';
import { createInvitation } from '#lib/invitations/create.ts';
import { makeUser } from '#lib/testing/domain.ts';

const { caller, origin } = await makeUser();
const invite = () => createInvitation({ baseUrl: 'http://127.0.0.1:3000', origin, clock: systemClock });

beforeEach(async () => {
  vi.restoreAllMocks();
  await prisma().setting.deleteMany({ where: { key: 'sign-up' } });
});

describe('who may sign up', () => {
  it('is what the variable says, until an administrator chooses, and again when they go back', async () => {
    vi.spyOn(env(), 'SIGN_UP', 'get').mockReturnValue('closed');
    vi.spyOn(env(), 'SIGN_UP_GIVEN', 'get').mockReturnValue(true);
    expect(await signUpPolicy()).toEqual({ policy: 'closed', from: 'variable' });
    await setSignUpPolicy('invite', origin);
    expect(await signUpPolicy()).toEqual({ policy: 'invite', from: 'choice' });
    await setSignUpPolicy(null, origin);
    expect(await signUpPolicy()).toEqual({ policy: 'closed', from: 'variable' });
    const acts = await prisma().auditEvent.findMany({
      where: { action: 'admin.signUp' },
      orderBy: { id: 'asc' },
    });
    expect(acts.map(({ target, actorId }) => [target, actorId])).toEqual([
      ['invite', caller.userId],
      ['default', caller.userId],
    ]);
  });

  it.each([
    ['open', null, null],
    ['invite', /administrator adds accounts/, null],
    ['closed', /takes no new accounts/, /takes no new accounts/],
  ] as const)(
    'with %s is answered so to somebody without an invitation, and with one',
    async (policy, without, having) => {
      await setSignUpPolicy(policy, origin);
      const sentence = (wanted: RegExp | null) => (wanted ? expect.stringMatching(wanted) : null);
      expect(await signUpRefusal(false)).toEqual(sentence(without));
      expect(await signUpRefusal(true)).toEqual(sentence(having));
    },
  );
});

describe('an invitation', () => {
  it('cannot be made while sign-up is closed', async () => {
    await setSignUpPolicy('closed', origin);
    await expect(invite()).rejects.toMatchObject({ kind: 'not-allowed' });
    await setSignUpPolicy('invite', origin);
    expect((await invite()).secret).toMatch(/^\w{43}$/);
  });

  it('ends after seven days', async () => {
    const { secret } = await invite();
    const late = { now: () => new Date(Date.now() + 7 * 86_400_000 + 60_000) };
    const facts = { name: 'late', email: 'late@example.org', password: 'a sentence that nobody guesses' };
    const invitation = { secret: secret ?? '', clock: late };
    await expect(createAccount({ ...facts, invitation, isAdmin: false, origin })).rejects.toMatchObject({
      kind: 'not-found',
    });
    expect(await prisma().user.count({ where: { name: 'late' } })).toBe(0);
  });

  it('is kept as a hash, never as what the link holds', async () => {
    const { id, secret } = await invite();
    const link = await prisma().accountLink.findUniqueOrThrow({ where: { id }, include: { mail: true } });
    expect(JSON.stringify(link)).not.toContain(secret);
    expect(link.mail).toBeNull();
  });
});
