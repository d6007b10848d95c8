import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccount } from '#lib/accounts/create.ts';
import { SETUP_LINK_NEEDED } from '#lib/accounts/policy.ts';
import { MINUTE_MS, systemClock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { env } from '#lib/env.ts';
import { findIdentity } from '#lib/identities/find.ts';
import { keepPending } from '#lib/identities/pending.ts';
import { type ProviderPerson, toPerson } from '#lib/identities/person.ts';
import { proposeName } from '#lib/identities/propose-name.ts';
import { signUpPending } from '#lib/identities/sign-up.ts';
import { makeStranger, makeUser } from '#lib/testing/domain.ts';

const ADA: ProviderPerson = {
  provider: 'oidc-lab',
  subject: 'subject of ada',
  label: 'ada',
  displayName: 'Ada',
  email: 'ada@lab.example',
  isEmailVerified: true,
};
const LAB = {
  key: 'oidc-lab',
  kind: 'oidc' as const,
  title: 'Lab',
  clientId: 'id',
  clientSecret: 'secret',
  url: 'https://lab.example',
};

const policy = { SIGN_UP: env().SIGN_UP, providers: env().providers };

function allow(signUp: 'open' | 'invite' | 'closed', isOpen = false): void {
  Object.assign(env(), { SIGN_UP: signUp, providers: [{ ...LAB, isOpen }] });
}

async function signUp(name: string, secret?: string): Promise<string> {
  const { userId } = await signUpPending({
    secret: secret ?? (await keepPending(ADA, systemClock)),
    name,
    ...makeStranger(),
    clock: systemClock,
  });
  return userId;
}

beforeEach(async () => {
  await prisma().$executeRaw`TRUNCATE app_user, namespace, audit_event, pending_identity CASCADE`;
  allow('open');
});
afterEach(() => {
  Object.assign(env(), policy);
});

describe('signing up by a provider', () => {
  it('makes an account without a password, with the verified address, that signs in from then on', async () => {
    await makeUser();
    const userId = await signUp('ada');
    expect(await prisma().user.findUnique({ where: { id: userId } })).toMatchObject({
      name: 'ada',
      passwordHash: null,
      email: 'ada@lab.example',
      emailVerifiedAt: expect.any(Date),
      isAdmin: false,
    });
    const found = await findIdentity({ person: ADA, ...makeStranger(), clock: systemClock });
    expect(found).toEqual({ kind: 'known', userId });
  });

  it('never makes the first account', async () => {
    allow('open', true);
    await expect(signUp('ada')).rejects.toThrow(SETUP_LINK_NEEDED);
    expect(await prisma().user.count()).toBe(0);
  });

  it('follows SIGN_UP, unless the issuer is the policy', async () => {
    await makeUser();
    for (const kind of ['invite', 'closed'] as const) {
      allow(kind);
      await expect(signUp('ada')).rejects.toMatchObject({ kind: 'not-allowed' });
    }
    allow('closed', true);
    await signUp('ada');
  });

  it('works once for each time, also of two at once, and not after its time', async () => {
    await makeUser();
    const secret = await keepPending(ADA, systemClock);
    const both = await Promise.allSettled([signUp('ada', secret), signUp('ada-2', secret)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(signUp('ada-3', secret)).rejects.toMatchObject({ kind: 'not-allowed' });
    const early = { now: () => new Date(Date.now() - 16 * MINUTE_MS) };
    const old = await keepPending({ ...ADA, subject: 'other' }, early);
    await expect(signUp('ada-4', old)).rejects.toMatchObject({ kind: 'not-allowed' });
  });

  it('keeps no secret, and a name that is taken leaves the person waiting', async () => {
    const { caller } = await makeUser();
    const secret = await keepPending(ADA, systemClock);
    await expect(signUp(caller.name, secret)).rejects.toMatchObject({ kind: 'name-taken' });
    const [row] = await prisma().$queryRaw<{ text: string }[]>`
      SELECT to_jsonb(pending_identity)::text AS text FROM pending_identity`;
    expect(row?.text).not.toContain(secret);
    await signUp('ada', secret);
  });
});

describe('an address that a provider has verified', () => {
  it('is taken from who only said that it is theirs, which is written down there', async () => {
    const { origin } = makeStranger();
    await createAccount({ name: 'eve', email: 'ADA@lab.example', isAdmin: false, origin });
    await signUp('ada');
    const eve = await prisma().user.findUnique({ where: { name: 'eve' } });
    expect(eve?.email).toBeNull();
    expect(await prisma().auditEvent.findFirst({ where: { action: 'account.emailTaken' } })).toMatchObject({
      namespace: 'eve',
    });
  });

  it('stays with who has verified it before', async () => {
    const { origin } = makeStranger();
    await createAccount({ name: 'eve', email: 'ada@lab.example', isAdmin: false, origin });
    await prisma().user.update({ where: { name: 'eve' }, data: { emailVerifiedAt: new Date() } });
    const userId = await signUp('ada');
    expect(await prisma().user.findUnique({ where: { id: userId } })).toMatchObject({ email: null });
  });

  it('counts only with the word true, and is left out where it is none', () => {
    expect(toPerson('google', { sub: '1', email: 'a@b.example', email_verified: 'true' })).toMatchObject({
      isEmailVerified: false,
    });
    expect(toPerson('google', { sub: '1', email: 'no address', email_verified: true })).toMatchObject({
      email: null,
      isEmailVerified: false,
    });
    expect(toPerson('google', { sub: '\0' })).toBeNull();
    expect(toPerson('google', { sub: 'x'.repeat(256) })).toBeNull();
  });
});

describe('the proposed name', () => {
  it.each([
    ['Örsted.Hans_C', 'orsted-hans-c'],
    ['mira@lab.example', 'mira'],
    ['admin', 'admin-2'],
    ['日本', ''],
    ['-'.repeat(50), ''],
    ['x'.repeat(60), 'x'.repeat(40)],
  ])('of %s is a user name that can be', async (label, name) => {
    expect(await proposeName(label)).toBe(name);
  });

  it('is free', async () => {
    const { caller } = await makeUser();
    expect(await proposeName(caller.name)).toBe(`${caller.name}-2`);
  });
});
