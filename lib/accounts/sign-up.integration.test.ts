import { stat } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeSetupCode, setupCode } from '#lib/accounts/setup-code.ts';
import { signUp } from '#lib/accounts/sign-up.ts';
import type { Origin } from '#lib/audit/record.ts';
import { systemClock } from '#lib/clock.ts';
import { prisma } from '#lib/db/prisma.ts';
import { env } from '#lib/env.ts';

const ORIGIN: Origin = { caller: null, address: '10.0.0.1', client: 'test', requestId: 'request' };
const ASKED = { origin: ORIGIN, clock: systemClock };
const ADA = { name: 'ada', email: 'ada@example.org', password: 'a first sentence for ada', ...ASKED };
const BOB = { name: 'bob', email: 'bob@example.org', password: 'a second sentence for bob', ...ASKED };

async function code(): Promise<string> {
  const text = await setupCode();
  if (!text) throw new Error('there is an account already');
  return text;
}

async function signUpFirst(): Promise<void> {
  await signUp({ ...ADA, setupCode: await code() });
}

beforeEach(async () => {
  await prisma().$executeRaw`TRUNCATE app_user, namespace, audit_event, rate_limit CASCADE`;
  await removeSetupCode();
});

describe('the first account', () => {
  it('needs the code, which is kept out of the reach of others', async () => {
    await expect(signUp(ADA)).rejects.toMatchObject({ kind: 'not-allowed' });
    await expect(signUp({ ...ADA, setupCode: 'a guess' })).rejects.toMatchObject({ kind: 'not-allowed' });
    const { mode } = await stat(path.join(env().DATA_DIR, 'setup-code'));
    expect(mode & 0o777).toBe(0o600);
    expect(await prisma().user.count()).toBe(0);
  });

  it('is the administrator, with a namespace of the server’s defaults, and ends the code', async () => {
    await signUpFirst();
    const user = await prisma().user.findUniqueOrThrow({
      where: { name: 'ada' },
      include: { namespace: true },
    });
    expect(user.isAdmin).toBe(true);
    expect(user.passwordHash).toMatch(/^scrypt\$/);
    expect(user.namespace).toMatchObject({
      slug: 'ada',
      kind: 'user',
      quotaBytes: BigInt(env().QUOTA_BYTES),
      retentionDays: env().RETENTION_DAYS,
    });
    expect(await setupCode()).toBeNull();
    await expect(stat(path.join(env().DATA_DIR, 'setup-code'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is one, however many use the code at once', async () => {
    const setup = await code();
    const results = await Promise.allSettled([
      signUp({ ...ADA, setupCode: setup }),
      signUp({ ...BOB, setupCode: setup }),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await prisma().user.count()).toBe(1);
  });

  it('has one code, however many ask for it at once', async () => {
    const codes = await Promise.all([code(), code(), code()]);
    expect(new Set(codes).size).toBe(1);
  });
});

describe('a later account', () => {
  beforeEach(signUpFirst);

  it('needs no code and is no administrator', async () => {
    const { userId } = await signUp(BOB);
    const user = await prisma().user.findUniqueOrThrow({ where: { id: userId } });
    expect(user).toMatchObject({ name: 'bob', isAdmin: false, emailVerifiedAt: null });
  });

  it('is written down in the transaction that makes it', async () => {
    const { userId } = await signUp(BOB);
    const event = await prisma().auditEvent.findFirst({ where: { actorId: userId } });
    expect(event).toMatchObject({ action: 'account.create', target: 'bob', address: '10.0.0.1' });
  });

  it.each([
    ['a name with a capital', { name: 'Bob' }],
    ['a reserved name', { name: 'storage' }],
    ['an e-mail that is none', { email: 'bob' }],
    ['a short password', { password: 'short' }],
    ['a display name with a line break', { displayName: 'Bob\nAda' }],
  ])('is refused with %s', async (_, wrong) => {
    await expect(signUp({ ...BOB, ...wrong })).rejects.toMatchObject({ kind: 'invalid' });
    expect(await prisma().namespace.count()).toBe(1);
  });

  it('cannot have a name that is taken', async () => {
    await expect(signUp({ ...BOB, name: 'ada' })).rejects.toMatchObject({ kind: 'name-taken' });
  });

  it('cannot have a name that was somebody’s before', async () => {
    await signUp(BOB);
    await prisma().user.delete({ where: { name: 'bob' } });
    await expect(signUp(BOB)).rejects.toMatchObject({ kind: 'name-taken' });
    expect(await prisma().user.count()).toBe(1);
  });

  it('may share an e-mail address, as long as nobody has proved that it is theirs', async () => {
    await expect(signUp({ ...BOB, email: ADA.email })).resolves.toHaveProperty('userId');
  });
});

describe('SIGN_UP', () => {
  beforeEach(signUpFirst);
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ['invite', /administrator adds accounts/],
    ['closed', /takes no new accounts/],
  ] as const)('%s refuses with a sentence', async (policy, sentence) => {
    vi.spyOn(env(), 'SIGN_UP', 'get').mockReturnValue(policy);
    await expect(signUp(BOB)).rejects.toMatchObject({
      kind: 'not-allowed',
      message: expect.stringMatching(sentence),
    });
  });
});
