import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { deleteArtifact, deleteArtifacts } from '#lib/artifacts/delete.ts';
import { expireArtifacts } from '#lib/artifacts/expire.ts';
import { findVisible } from '#lib/artifacts/find.ts';
import { getDownload } from '#lib/artifacts/get-download-url.ts';
import { listArtifactIds } from '#lib/artifacts/list.ts';
import { purgeArtifacts, purgeTrash } from '#lib/artifacts/purge.ts';
import { restoreArtifact } from '#lib/artifacts/restore.ts';
import { countArtifacts, listTrash, TRASH_DAYS } from '#lib/artifacts/trash.ts';
import { updateArtifact } from '#lib/artifacts/update.ts';
import { ownersOf } from '#lib/blobs/owners.ts';
import { blobStore } from '#lib/blobs/store.ts';
import { sweepBlobs } from '#lib/blobs/sweep.ts';
import { type Clock, DAY_MS, MINUTE_MS, systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { newId } from '#lib/ids.ts';
import { books, readAll, versionNumbers } from '#lib/testing/books.ts';
import { makeStranger, makeUser, push, type TestUser } from '#lib/testing/domain.ts';

const later = (ms: number): Clock => ({ now: () => new Date(Date.now() + ms) });
const AFTER_LINKS = env().URL_TTL_SECONDS * 1000 + MINUTE_MS;

let user: TestUser;

beforeEach(async () => {
  user = await makeUser({ quotaBytes: 1_000 });
});

/** Pushes versions of these sizes and deletes what they are of; gives its last version. */
async function pushAndDelete(name: string, ...sizes: number[]) {
  let row = null;
  for (const size of sizes) row = await push(user, randomBytes(size), { name });
  if (!row) throw new Error('nothing was pushed');
  await deleteArtifact({ ...user, ref: { id: row.id } });
  return row;
}

const restore = (id: string, name?: string, clock = systemClock) =>
  restoreArtifact({ ...user, id, name, clock });
const sort = { field: 'deletedAt', direction: -1 } as const;
const page = { sort, pageIndex: 1, pageSize: 50 };
const trash = async () => (await listTrash({ ...page, namespaceId: user.caller.namespaceId })).items;

async function auditedOf(target: string): Promise<string[]> {
  const { rows } = await pool().query<{ action: string }>(
    'SELECT action FROM audit_event WHERE namespace = $1 AND target = $2 ORDER BY id',
    [user.caller.name, target],
  );
  return rows.map(({ action }) => action);
}

describe('what is deleted', () => {
  it('is gone for every reader at once, and takes no space', async () => {
    const row = await pushAndDelete('a', 100, 200);
    expect(await books(user)).toEqual({
      usedBytes: 0,
      currentBytes: 0,
      versionBytes: 0,
      liveBytes: 0,
      blobs: 2,
    });
    for (const ref of [{ id: row.id }, { name: 'a' }, { name: `${user.caller.name}/a` }]) {
      await expect(findVisible(user.caller, ref)).rejects.toMatchObject({ kind: 'not-found' });
      await expect(getDownload({ ref, origin: user.origin, clock: systemClock })).rejects.toThrow();
      await expect(updateArtifact({ ...user, ref, changes: {}, clock: systemClock })).rejects.toThrow();
      await expect(deleteArtifact({ ...user, ref })).rejects.toThrow();
    }
    const page = { namespaceId: user.caller.namespaceId, sort: [], pageIndex: 1, pageSize: 10 };
    expect(await listArtifactIds({ ...page, filter: {} })).toEqual({ ids: [], total: 0 });
    expect(await listArtifactIds({ ...page, filter: {}, search: 'a' })).toEqual({ ids: [], total: 0 });
    expect(await countArtifacts(user.caller.namespaceId)).toEqual({ live: 0, trashed: 1 });
    await expect(push(user, randomBytes(5), { id: row.id })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('frees its name at once, as often as it is deleted', async () => {
    for (let round = 0; round < 3; round++) await pushAndDelete('a', 10);
    expect(await trash()).toHaveLength(3);
    expect(await push(user, randomBytes(10), { name: 'a' })).toMatchObject({ versionNumber: 1 });
  });

  it('says who deleted it and when it is gone for good, the last one first', async () => {
    const metaData = JSON.stringify({ branding: { icon: 'x' }, summary: [{ name: 'Length', value: 7 }] });
    const over = await push(user, randomBytes(3), { name: 'over', metaData, type: 'documentArray' });
    await expireArtifacts(later(8 * DAY_MS), user.origin);
    const deleted = await pushAndDelete('deleted', 10);
    const [first, second, ...others] = await trash();
    expect(others).toEqual([]);
    expect(first).toMatchObject({ id: over.id, documents: 7, branding: { icon: 'x' }, deletion: 'expiry' });
    expect(first?.deletedClient).toBeNull();
    expect(second).toMatchObject({ id: deleted.id, deletion: 'owner', deletedClient: 'test', sizeBytes: 10 });
    const keptMs = (second?.goneAt.getTime() ?? 0) - (second?.deletedAt.getTime() ?? 0);
    expect(keptMs).toBe(TRASH_DAYS * DAY_MS);
    expect(Math.abs(Date.now() - (second?.deletedAt.getTime() ?? 0))).toBeLessThan(MINUTE_MS);
    expect(await ownersOf(deleted.blobId)).toEqual([`${user.caller.name}/deleted, version 1, in the trash`]);
  });

  it('has nobody who could restore it when it was pushed without a token, and is then removed at once', async () => {
    Object.assign(process.env, { ANONYMOUS_PUSH: 'on' });
    const row = await push(makeStranger(), randomBytes(10), { name: `n-${newId()}` });
    Object.assign(process.env, { ANONYMOUS_PUSH: 'off' });
    await expireArtifacts(later(8 * DAY_MS), user.origin);
    expect(await versionNumbers(row.id)).toEqual([]);
  });

  it('keeps its old versions when others need room', async () => {
    const row = await pushAndDelete('a', 300, 300);
    await push(user, randomBytes(400), { name: 'b' });
    await push(user, randomBytes(500), { name: 'b' });
    await push(user, randomBytes(900), { name: 'b' });
    expect(await versionNumbers(row.id)).toEqual([1, 2]);
    expect(await books(user)).toMatchObject({ usedBytes: 900, currentBytes: 900, versionBytes: 900 });
  });
});

describe('what is restored', () => {
  it('comes back whole: name, versions and bytes, and it counts again', async () => {
    const bytes = randomBytes(200);
    const before = await push(user, randomBytes(100), { name: 'a' });
    const row = await push(user, bytes, { name: 'a', public: true });
    await deleteArtifact({ ...user, ref: { name: 'a' } });
    await sweepBlobs(later(AFTER_LINKS));
    expect(await restore(row.id)).toEqual(row);
    expect(await findVisible(user.caller, { name: 'a' })).toEqual(row);
    expect(await versionNumbers(row.id)).toEqual([1, 2]);
    expect(await readAll(row)).toEqual(bytes);
    expect(await readAll(before)).toHaveLength(100);
    expect(await books(user)).toMatchObject({ usedBytes: 300, currentBytes: 200, versionBytes: 300 });
    expect(await countArtifacts(user.caller.namespaceId)).toEqual({ live: 1, trashed: 0 });
    expect(await auditedOf('a')).toEqual([
      'artifact.create',
      'artifact.push',
      'artifact.delete',
      'artifact.restore',
    ]);
  });

  it('gets a new time when its own ran out, and else keeps it', async () => {
    const row = await push(user, randomBytes(3), { name: 'a' });
    const clock = later(8 * DAY_MS);
    await expireArtifacts(clock, user.origin);
    const restored = await restore(row.id, undefined, clock);
    expect(restored.expiresAt?.getTime()).toBeGreaterThan(clock.now().getTime() + 6 * DAY_MS);
    await expireArtifacts(clock, user.origin);
    expect(await findVisible(user.caller, { name: 'a' })).toMatchObject({ id: row.id });
  });

  it('is refused while its name is taken again, and nothing changes; another name will do', async () => {
    const row = await pushAndDelete('a', 100);
    await push(user, randomBytes(50), { name: 'a' });
    const before = await books(user);
    await expect(restore(row.id)).rejects.toMatchObject({
      kind: 'name-taken',
      message: 'The name a is taken again. Restore it under another name.',
    });
    expect(await books(user)).toEqual(before);
    await expect(restore(row.id, 'a\n')).rejects.toMatchObject({ kind: 'invalid' });
    expect(await restore(row.id, `${user.caller.name}/b`)).toMatchObject({ id: row.id, name: 'b' });
    expect(await books(user)).toMatchObject({ usedBytes: 150, versionBytes: 150 });
  });

  it('is refused when it does not fit with all its versions, and nothing changes', async () => {
    const row = await pushAndDelete('a', 300, 300);
    const other = await push(user, randomBytes(500), { name: 'b' });
    const before = await books(user);
    await expect(restore(row.id)).rejects.toMatchObject({ kind: 'over-quota' });
    expect(await books(user)).toEqual(before);
    expect(await trash()).toHaveLength(1);
    await deleteArtifact({ ...user, ref: { id: other.id } });
    await restore(row.id);
    expect(await books(user)).toMatchObject({ usedBytes: 600, currentBytes: 300, versionBytes: 600 });
  });

  it('takes the place of old versions of others, and drops none of its own', async () => {
    const row = await pushAndDelete('a', 300, 300);
    const other = await push(user, randomBytes(400), { name: 'b' });
    await push(user, randomBytes(300), { name: 'b' });
    await restore(row.id);
    expect(await versionNumbers(row.id)).toEqual([1, 2]);
    expect(await versionNumbers(other.id)).toEqual([2]);
    expect(await books(user)).toMatchObject({ usedBytes: 900, currentBytes: 600, versionBytes: 900 });
  });
});

describe('what leaves the trash', () => {
  it('goes after seven days, its bytes with the sweep, and no earlier', async () => {
    const row = await pushAndDelete('a', 100, 200);
    await purgeTrash(later(TRASH_DAYS * DAY_MS - MINUTE_MS), user.origin);
    expect(await versionNumbers(row.id)).toEqual([1, 2]);
    await purgeTrash(later(TRASH_DAYS * DAY_MS + MINUTE_MS), user.origin);
    expect(await trash()).toEqual([]);
    await sweepBlobs(later(AFTER_LINKS));
    expect(await blobStore().head(row.blobId)).toBeNull();
    expect(await books(user)).toEqual({
      usedBytes: 0,
      currentBytes: 0,
      versionBytes: 0,
      liveBytes: 0,
      blobs: 0,
    });
    await expect(restore(row.id)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await auditedOf('a')).at(-1)).toBe('artifact.purge');
  });

  it('goes at once when its owner says so, one or many', async () => {
    const rows = [await pushAndDelete('a', 1), await pushAndDelete('b', 2), await pushAndDelete('c', 3)];
    const [a, b, c] = rows.map(({ id }) => id);
    expect(await purgeArtifacts({ ...user, ids: [a ?? ''] })).toBe(1);
    expect(await purgeArtifacts({ ...user, ids: [a ?? '', b ?? '', c ?? '', c ?? ''] })).toBe(2);
    await sweepBlobs(later(AFTER_LINKS));
    expect(await books(user)).toMatchObject({ blobs: 0 });
  });

  it('is never what is not in the trash, or not in one’s own', async () => {
    const live = await push(user, randomBytes(10), { name: 'live' });
    const row = await pushAndDelete('a', 10);
    const other = await makeUser();
    expect(await purgeArtifacts({ ...other, ids: [row.id] })).toBe(0);
    expect(await purgeArtifacts({ ...user, ids: [live.id, newId(), 'no\0id'] })).toBe(0);
    const absent = await restoreArtifact({ ...other, id: newId(), clock: systemClock }).catch((e) => e);
    for (const id of [row.id, live.id, 'no\0id']) {
      const hidden = await restoreArtifact({ ...other, id, clock: systemClock }).catch((e) => e);
      expect([hidden.kind, hidden.message]).toEqual(['not-found', absent.message]);
    }
    await expect(restore(live.id)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await readAll(live)).toHaveLength(10);
    await restore(row.id);
  });

  it('is at most a thousand at a time', async () => {
    const ids = Array.from({ length: 1_001 }, newId);
    await expect(purgeArtifacts({ ...user, ids })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(deleteArtifacts({ ...user, refs: ids.map((id) => ({ id })) })).rejects.toThrow();
  });
});
