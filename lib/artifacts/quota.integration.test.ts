import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ProvisionalBlob } from '#lib/blobs/provisional.ts';
import { pool } from '#lib/db/pool.ts';
import { books, readAll } from '#lib/testing/books.ts';
import { makeUser, push } from '#lib/testing/domain.ts';

const KB = 1_000;

describe('the quota', () => {
  it('refuses a push that would pass it, and leaves what was there and nothing else', async () => {
    const user = await makeUser({ quotaBytes: 10 * KB });
    const kept = await push(user, randomBytes(6 * KB), { name: 'a' });
    await expect(push(user, randomBytes(6 * KB), { name: 'b' })).rejects.toMatchObject({
      kind: 'over-quota',
    });
    expect(await books(user)).toMatchObject({ usedBytes: 6 * KB, currentBytes: 6 * KB, blobs: 1 });
    expect(await readAll(kept)).toHaveLength(6 * KB);
  });

  it('lets a push replace an artifact of any size that fits by itself, dropping its old versions first', async () => {
    const user = await makeUser({ quotaBytes: 10 * KB });
    for (let i = 0; i < 5; i++) await push(user, randomBytes(9 * KB), { name: 'a' });
    expect(await books(user)).toMatchObject({ usedBytes: 9 * KB, currentBytes: 9 * KB });
  });

  it('is never passed by old versions of other artifacts, nor do they refuse a push', async () => {
    const user = await makeUser({ quotaBytes: 10 * KB });
    for (let i = 0; i < 3; i++) await push(user, randomBytes(3 * KB), { name: 'a' });
    await push(user, randomBytes(6 * KB), { name: 'b' });
    expect(await books(user)).toMatchObject({
      usedBytes: 9 * KB,
      currentBytes: 9 * KB,
      versionBytes: 9 * KB,
    });
  });

  it('that was lowered below what is there refuses growth, and nothing else', async () => {
    const user = await makeUser({ quotaBytes: 90 });
    for (const name of ['a', 'b', 'c']) await push(user, randomBytes(30), { name });
    await pool().query('UPDATE namespace SET quota_bytes = 50 WHERE id = $1', [user.caller.namespaceId]);
    expect(await push(user, randomBytes(30), { name: 'b' })).toMatchObject({ versionNumber: 2 });
    await expect(push(user, randomBytes(31), { name: 'b' })).rejects.toMatchObject({ kind: 'over-quota' });
  });

  it('counts the bytes of pushes that are under way', async () => {
    const user = await makeUser({ quotaBytes: 10 * KB });
    const other = await ProvisionalBlob.reserve({
      namespaceId: user.caller.namespaceId,
      announcedBytes: 8 * KB,
    });
    await expect(push(user, randomBytes(3 * KB), { name: 'a' })).rejects.toMatchObject({
      kind: 'over-quota',
    });
    other.release();
    await other.discard();
    expect(await push(user, randomBytes(3 * KB), { name: 'a' })).toMatchObject({ sizeBytes: 3 * KB });
  });
});
