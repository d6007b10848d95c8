import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { commitPush } from '#lib/artifacts/commit-push.ts';
import { deleteArtifact } from '#lib/artifacts/delete.ts';
import { expireArtifacts } from '#lib/artifacts/expire.ts';
import { findVisible } from '#lib/artifacts/find.ts';
import { pushArtifact } from '#lib/artifacts/push.ts';
import type { ArtifactRow } from '#lib/artifacts/row.ts';
import { updateArtifact } from '#lib/artifacts/update.ts';
import { ProvisionalBlob } from '#lib/blobs/provisional.ts';
import { receiveBlob } from '#lib/blobs/receive.ts';
import { blobStore } from '#lib/blobs/store.ts';
import { sweepBlobs } from '#lib/blobs/sweep.ts';
import { type Clock, DAY_MS, MINUTE_MS, systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { makeUser, push, type TestUser } from '#lib/testing/domain.ts';

const later = (ms: number): Clock => ({ now: () => new Date(Date.now() + ms) });
const KB = 1_000;

interface Books {
  usedBytes: number;
  currentBytes: number;
  versionBytes: number;
  liveBytes: number;
  blobs: number;
}

/** What the counters of a namespace say, and what its rows add up to. */
async function books({ caller }: TestUser): Promise<Books> {
  const { rows } = await pool().query<Books>(
    `SELECT n.used_bytes::float8 AS "usedBytes", n.current_bytes::float8 AS "currentBytes",
      (SELECT coalesce(sum(v.size_bytes), 0) FROM artifact_version v JOIN artifact a ON a.id = v.artifact_id
        WHERE a.namespace_id = n.id)::float8 AS "versionBytes",
      (SELECT coalesce(sum(size_bytes), 0) FROM artifact WHERE namespace_id = n.id)::float8 AS "liveBytes",
      (SELECT count(*) FROM blob WHERE namespace_id = n.id)::int AS blobs
     FROM namespace n WHERE n.id = $1`,
    [caller.namespaceId],
  );
  const [row] = rows;
  if (!row) throw new Error('no such namespace');
  return row;
}

async function versionNumbers(artifactId: string): Promise<number[]> {
  const { rows } = await pool().query<{ number: number }>(
    'SELECT number FROM artifact_version WHERE artifact_id = $1 ORDER BY number',
    [artifactId],
  );
  return rows.map((row) => row.number);
}

async function readAll(row: ArtifactRow): Promise<Buffer> {
  return Buffer.concat(await (await blobStore(row.store).read(row.blobId, 0, row.sizeBytes - 1)).toArray());
}

describe('a push', () => {
  it('stores the bytes as they came and charges the namespace for them', async () => {
    const user = await makeUser();
    const bytes = randomBytes(3_000_000);
    const row = await push(user, bytes, { name: 'a' });
    expect(await readAll(row)).toEqual(bytes);
    expect(await books(user)).toMatchObject({
      usedBytes: 3_000_000,
      currentBytes: 3_000_000,
      versionBytes: 3_000_000,
      blobs: 1,
    });
  });

  it('of the same name keeps the id, counts a version, and keeps the old bytes as history', async () => {
    const user = await makeUser();
    const first = await push(user, Buffer.from('one'), { name: 'a' });
    const second = await push(user, Buffer.from('three'), { name: 'a' });
    expect(second).toMatchObject({ id: first.id, versionNumber: 2, sizeBytes: 5 });
    expect(await readAll(first)).toEqual(Buffer.from('one'));
    expect(await books(user)).toMatchObject({ usedBytes: 8, currentBytes: 5, versionBytes: 8, liveBytes: 5 });
  });

  it('of the same bytes and metadata makes no version, but moves the expiry', async () => {
    const user = await makeUser();
    const first = await push(user, Buffer.from('same'), { name: 'a', metaData: '{"k":1}' });
    const again = await push(user, Buffer.from('same'), { name: 'a', metaData: '{"k":1}' }, later(DAY_MS));
    expect(again).toMatchObject({ versionId: first.versionId, blobId: first.blobId });
    expect(Number(again.expiresAt) - Number(first.expiresAt)).toBeGreaterThanOrEqual(DAY_MS);
    expect(await books(user)).toMatchObject({ usedBytes: 4, blobs: 1 });
    const changed = await push(user, Buffer.from('same'), { name: 'a', metaData: '{"k":2}' });
    expect(changed.versionNumber).toBe(2);
  });

  it('without metadata, visibility and type keeps those of before, but not what belonged to one push', async () => {
    const user = await makeUser();
    await push(user, Buffer.from('1'), {
      name: 'a',
      public: true,
      type: 't',
      metaData: '{"mine":1.50,"summary":[]}',
    });
    const row = await push(user, Buffer.from('2'), { name: 'a' });
    expect(row).toMatchObject({ visibility: 'public', type: 't', metaDataText: '{"mine":1.50}' });
  });

  it('drops the oldest versions beyond KEEP_VERSIONS, and their bytes with the sweep', async () => {
    const user = await makeUser();
    let row: ArtifactRow | undefined;
    for (let i = 0; i < env().KEEP_VERSIONS + 3; i++)
      row = await push(user, Buffer.from(`v${i}`.padEnd(10)), { name: 'a' });
    expect(await versionNumbers(row?.id ?? '')).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    await sweepBlobs(later(env().URL_TTL_SECONDS * 1000 + MINUTE_MS));
    expect(await books(user)).toMatchObject({ usedBytes: 100, versionBytes: 100, blobs: 10 });
  });

  it('of one name by many at once ends as one artifact whose books are right', async () => {
    const user = await makeUser();
    const sizes = Array.from({ length: 12 }, (_, i) => 100 + i);
    const rows = await Promise.all(sizes.map((size) => push(user, randomBytes(size), { name: 'a' })));
    expect(new Set(rows.map((row) => row.id)).size).toBe(1);
    const { usedBytes, versionBytes, currentBytes, liveBytes } = await books(user);
    expect({ usedBytes, currentBytes }).toEqual({ usedBytes: versionBytes, currentBytes: liveBytes });
  });
});

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

describe('a name with a slash', () => {
  it('means the same artifact to a push, a pull and a rename', async () => {
    const user = await makeUser();
    const me = user.caller.name;
    const inner = await push(user, Buffer.from('inner'), { name: `${me}/${me}/x` });
    expect(inner.name).toBe(`${me}/x`);
    expect(await push(user, Buffer.from('again'), { name: `${me}/x` })).toMatchObject({ id: inner.id });
    expect(await findVisible(user.caller, { name: `${me}/x` })).toMatchObject({ id: inner.id });
    const renamed = { ...user, ref: { id: inner.id }, changes: { name: `${me}/x` }, clock: systemClock };
    expect(await updateArtifact(renamed)).toMatchObject({ name: `${me}/x` });
  });
});

describe('bytes that come one by one', () => {
  it('are stored as they came', async () => {
    const user = await makeUser();
    const bytes = randomBytes(5_000);
    async function* body() {
      for (let i = 0; i < bytes.length; i++) yield bytes.subarray(i, i + 1);
    }
    async function* parts() {
      yield { name: 'file', isFile: true, text: async () => '', body: body() };
    }
    const parseFields = () => ({ name: 'a' });
    const row = await pushArtifact({
      ...user,
      parts: parts(),
      parseFields,
      announcedBytes: 0,
      client: {},
      clock: systemClock,
    });
    expect(await readAll(row)).toEqual(bytes);
  });
});

describe('an upload that fails', () => {
  it('leaves no row and no byte, whatever stage it had reached', async () => {
    const user = await makeUser();
    const fields = [{ metaData: '[]' }, { name: 'a\n' }, { name: 'x/y', id: 'f'.repeat(24) }];
    for (const field of fields) await expect(push(user, randomBytes(100), field)).rejects.toThrow();
    async function* broken() {
      yield { name: 'file', isFile: true, text: async () => '', body: brokenBody() };
    }
    async function* brokenBody() {
      yield randomBytes(2_000_000);
      throw new Error('the connection broke');
    }
    await expect(
      pushArtifact({
        ...user,
        parts: broken(),
        parseFields: () => ({}),
        announcedBytes: 0,
        client: {},
        clock: systemClock,
      }),
    ).rejects.toThrow('the connection broke');
    expect(await books(user)).toMatchObject({ usedBytes: 0, blobs: 0 });
  });

  it('is taken by the sweep when its lease is over, and its writer cannot commit it any more', async () => {
    const user = await makeUser();
    const { caller, origin } = user;
    const blob = await ProvisionalBlob.reserve({
      namespaceId: caller.namespaceId,
      announcedBytes: 0,
    });
    async function* body() {
      yield Buffer.from('late');
    }
    const received = await receiveBlob(blob, body());
    expect(await sweepBlobs(later(10 * MINUTE_MS))).toMatchObject({ abandonedUploads: 1 });
    const target = { id: null, name: 'a' };
    const facts = { type: undefined, visibility: undefined, metaData: undefined, client: {} };
    await expect(
      commitPush({ caller, origin, target, received, ...facts, now: new Date() }),
    ).rejects.toMatchObject({ kind: 'broken-upload' });
    blob.release();
    await blob.discard();
    expect(await blobStore().head(blob.key)).toBeNull();
    expect(await books(user)).toMatchObject({ usedBytes: 0, blobs: 0 });
  });
});

describe('deletion and expiry', () => {
  it('lower the usage at once, keep the bytes for links given out, then remove them', async () => {
    const user = await makeUser();
    const row = await push(user, Buffer.from('bytes'), { name: 'a' });
    await deleteArtifact({ ...user, ref: { id: row.id } });
    expect(await books(user)).toMatchObject({ usedBytes: 0, currentBytes: 0, blobs: 1 });
    await sweepBlobs(systemClock);
    expect(await readAll(row)).toEqual(Buffer.from('bytes'));
    await sweepBlobs(later(env().URL_TTL_SECONDS * 1000 + MINUTE_MS));
    expect(await blobStore().head(row.blobId)).toBeNull();
    expect(await books(user)).toMatchObject({ blobs: 0 });
  });

  it('takes exactly what is over, whole', async () => {
    const user = await makeUser();
    const old = await push(user, Buffer.from('old'), { name: 'old' });
    await push(user, Buffer.from('new'), { name: 'new' }, later(2 * DAY_MS));
    await expireArtifacts(later(7 * DAY_MS - MINUTE_MS), user.origin);
    expect(await versionNumbers(old.id)).toEqual([1]);
    await expireArtifacts(later(8 * DAY_MS), user.origin);
    expect(await versionNumbers(old.id)).toEqual([]);
    expect(await books(user)).toMatchObject({ usedBytes: 3, liveBytes: 3 });
  });

  it('never takes what is kept for ever', async () => {
    const user = await makeUser({ retentionDays: null });
    const row = await push(user, Buffer.from('x'), { name: 'a' });
    expect(row.expiresAt).toBeNull();
    await expireArtifacts(later(100 * 365 * DAY_MS), user.origin);
    expect(await versionNumbers(row.id)).toEqual([1]);
  });
});
