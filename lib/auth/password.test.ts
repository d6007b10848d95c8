import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '#lib/auth/password.ts';

const PASSWORD = 'a sentence is fine';

describe('a password', () => {
  it('is stored as a salted hash that says how it was made', async () => {
    const [first, second] = await Promise.all([hashPassword(PASSWORD, []), hashPassword(PASSWORD, [])]);
    expect(first).toMatch(/^scrypt\$32768\$8\$3\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
    expect(first).not.toBe(second);
  });

  it('is known again, and no other is', async () => {
    const stored = await hashPassword(PASSWORD, []);
    expect(await verifyPassword(PASSWORD, stored)).toBe(true);
    expect(await verifyPassword('a sentence is not', stored)).toBe(false);
  });

  it('is the same however its characters were composed', async () => {
    const stored = await hashPassword('caf\u00e9 au lait, two', []);
    expect(await verifyPassword('cafe\u0301 au lait, two', stored)).toBe(true);
  });

  it('is checked by the parameters it was stored with', async () => {
    const weaker = 'scrypt$1024$8$1$c2FsdHNhbHRzYWx0c2FsdA==$';
    expect(await verifyPassword(PASSWORD, weaker)).toBe(false);
  });

  it('is wrong for an account that does not exist, an empty one too', async () => {
    expect(await verifyPassword(PASSWORD, null)).toBe(false);
    expect(await verifyPassword('', null)).toBe(false);
  });

  it.each([
    ['short', 'eleven char'],
    ['endless', 'x'.repeat(1025)],
  ])('is refused when it is %s', async (_, text) => {
    await expect(hashPassword(text, [])).rejects.toMatchObject({ kind: 'invalid' });
  });
});
