import { describe, expect, it } from 'vitest';
import type { Caller } from '#lib/auth/caller.ts';
import { pool } from '#lib/db/pool.ts';
import { accessOf } from '#lib/registry/access.ts';
import { recordGrant } from '#lib/registry/grant.ts';
import {
  addKey,
  certificateBundle,
  forgetOldKeys,
  signingKey,
  trustKey,
  waitingKey,
} from '#lib/registry/keys.ts';
import { makeUser } from '#lib/testing/domain.ts';
import { insertExecutor } from '#lib/testing/executors.ts';

const [owner, guest] = [await makeUser(), await makeUser()];
const client = await pool().connect();
const { id } = await insertExecutor(client, { namespaceId: owner.caller.namespaceId, name: 'Hidden' });
client.release();

const setSecret = (hash: string | null) =>
  pool().query('UPDATE executor SET secret_hash = $2 WHERE id = $1', [id, hash]);
const pulls = async (caller: Caller | null) =>
  (await accessOf(caller, [{ type: 'repository', name: `jinahub/${id}`, actions: ['pull'] }])).length === 1;

describe('a grant', () => {
  it('lets who gave the secret pull, and nobody else, until the secret is another one', async () => {
    await setSecret('first');
    expect(await pulls(guest.caller)).toBe(false);
    await recordGrant(guest.caller.userId, id, 'first');
    await recordGrant(guest.caller.userId, id, 'first');
    expect(await pulls(guest.caller)).toBe(true);
    expect(await pulls(null)).toBe(false);
    expect(await pulls((await makeUser()).caller)).toBe(false);
    await setSecret('second');
    expect(await pulls(guest.caller)).toBe(false);
    await recordGrant(guest.caller.userId, id, 'second');
    expect(await pulls(guest.caller)).toBe(true);
    await setSecret(null);
    expect(await pulls(guest.caller)).toBe(false);
  });

  it('is not of a token without the scope to read Executors', async () => {
    await setSecret('third');
    await recordGrant(guest.caller.userId, id, 'third');
    expect(await pulls({ ...guest.caller, scopes: ['artifact:read'] })).toBe(false);
    expect(await pulls({ ...guest.caller, scopes: ['executor:read'] })).toBe(true);
  });
});

describe('the keys of the registry', () => {
  const certificates = async () => (await certificateBundle()).split('-----BEGIN').length - 1;

  it('are one for who asks at the same time', async () => {
    const bundles = await Promise.all(Array.from({ length: 8 }, certificateBundle));
    expect(new Set(bundles).size).toBe(1);
    expect(await certificates()).toBe(1);
  });

  it('wait for trust, then sign, and go when all that they signed is over', async () => {
    const first = await signingKey();
    await addKey();
    await addKey();
    expect(await certificates()).toBe(2);
    expect((await signingKey()).kid).toBe(first.kid);
    const next = await waitingKey();
    if (!next) throw new Error('no key waits');
    // One that waits no more is nobody's turn again.
    await trustKey(first);
    expect((await signingKey()).kid).toBe(first.kid);
    await trustKey(next);
    expect(await waitingKey()).toBeNull();
    expect((await signingKey()).kid).toBe(next.kid);
    await forgetOldKeys(new Date(Date.now() + 3_600_000));
    expect(await certificates()).toBe(2);
    await forgetOldKeys(new Date(Date.now() + 3 * 3_600_000));
    expect(await certificates()).toBe(1);
    expect((await signingKey()).kid).toBe(next.kid);
  });

  it('cannot be read in the database', async () => {
    const { rows } = await pool().query<{ value: string }>(
      `SELECT value FROM setting WHERE key = 'registry-keys'`,
    );
    const text = Buffer.from(rows[0]?.value ?? '', 'base64').toString('latin1');
    expect(text.length).toBeGreaterThan(200);
    expect(text).not.toContain('privateKey');
  });
});
