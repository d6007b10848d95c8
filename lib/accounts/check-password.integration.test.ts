import { beforeEach, describe, expect, it } from 'vitest';
import { checkPassword } from '#lib/accounts/check-password.ts';
import { createAccount } from '#lib/accounts/create.ts';
import type { Origin } from '#lib/audit/record.ts';
import { prisma } from '#lib/db/prisma.ts';

const PASSWORD = 'a sentence that is ours';
const TRIES = 5;

let addresses = 0;

/** Each from an address of its own, unless told. */
function from(address = `10.0.0.${++addresses}`): Origin {
  return { caller: null, address, client: 'test', requestId: 'request' };
}

async function account(name: string, email: string, password = PASSWORD): Promise<string> {
  const { userId } = await createAccount({ name, email, password, isAdmin: false, origin: from() });
  return userId;
}

function tryPassword(login: string, password: string, origin = from()): Promise<{ userId: string }> {
  return checkPassword({ login, password, origin });
}

beforeEach(async () => {
  await prisma().$executeRaw`TRUNCATE app_user, namespace, rate_limit CASCADE`;
});

describe('checkPassword', () => {
  it('takes the user name or the e-mail address, in any case', async () => {
    const userId = await account('ada', 'Ada@example.org');
    expect(await tryPassword('ada', PASSWORD)).toEqual({ userId });
    expect(await tryPassword(' ADA@EXAMPLE.ORG ', PASSWORD)).toEqual({ userId });
  });

  it('says only to who knows the password that the account needs a second step', async () => {
    const userId = await account('ada', 'ada@example.org');
    await prisma().authenticator.create({ data: { id: userId, userId, kind: 'passkey', name: 'A key' } });
    await expect(tryPassword('ada', 'a guess')).rejects.toMatchObject({ kind: 'wrong-password' });
    const right = tryPassword('ada', PASSWORD);
    await expect(right).rejects.toMatchObject({ kind: 'not-allowed' });
    await expect(right).rejects.toThrow(/needs a second step/);
  });

  it('takes no pattern for an e-mail address', async () => {
    await account('ada', 'ada_l@example.org');
    await expect(tryPassword('ada%@example.org', PASSWORD)).rejects.toMatchObject({ kind: 'wrong-password' });
    await expect(tryPassword('adaXl@example.org', PASSWORD)).rejects.toMatchObject({
      kind: 'wrong-password',
    });
  });

  it('finds which of the accounts of one e-mail address is meant', async () => {
    await account('ada', 'lab@example.org', 'the sentence of ada');
    const bob = await account('bob', 'lab@example.org', 'the sentence of bob');
    expect(await tryPassword('lab@example.org', 'the sentence of bob')).toEqual({ userId: bob });
  });

  it('says the same of a wrong password, an unknown account, a disabled one and odd text', async () => {
    const userId = await account('ada', 'ada@example.org');
    const wrong = await tryPassword('ada', 'not the password').catch((error) => error);
    const unknown = await tryPassword('nobody', PASSWORD).catch((error) => error);
    const odd = await tryPassword('a\0da', PASSWORD).catch((error) => error);
    await prisma().user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    const disabled = await tryPassword('ada', PASSWORD).catch((error) => error);
    for (const failure of [wrong, unknown, odd, disabled]) {
      expect(failure).toMatchObject({ kind: 'wrong-password', message: wrong.message });
    }
  });

  it('allows five tries a minute for an account, by whatever name and from wherever', async () => {
    await account('ada', 'ada@example.org');
    for (let index = 0; index < TRIES; index++) {
      const login = index % 2 ? 'ada' : 'ada@example.org';
      await expect(tryPassword(login, 'a guess')).rejects.toMatchObject({ kind: 'wrong-password' });
    }
    await expect(tryPassword('ada', PASSWORD)).rejects.toMatchObject({
      kind: 'too-often',
      retryAfterSeconds: expect.any(Number),
    });
  });

  it('allows five tries a minute for an address, for whatever account', async () => {
    const origin = from();
    for (let index = 0; index < TRIES; index++) {
      await expect(tryPassword(`nobody-${index}`, 'a guess', origin)).rejects.toMatchObject({
        kind: 'wrong-password',
      });
    }
    await account('ada', 'ada@example.org');
    await expect(tryPassword('ada', PASSWORD, origin)).rejects.toMatchObject({ kind: 'too-often' });
    await expect(tryPassword('ada', PASSWORD)).resolves.toHaveProperty('userId');
  });

  it('does not count what succeeds', async () => {
    await account('ada', 'ada@example.org');
    const origin = from();
    for (let index = 0; index <= TRIES; index++) await tryPassword('ada', PASSWORD, origin);
  });
});
