import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { commitPush } from '#lib/artifacts/commit-push.ts';
import { deleteArtifact } from '#lib/artifacts/delete.ts';
import { expireArtifacts } from '#lib/artifacts/expire.ts';
import { findVisible } from '#lib/artifacts/find.ts';
import { purgeArtifacts } from '#lib/artifacts/purge.ts';
import { pushArtifact } from '#lib/artifacts/push.ts';
import { userPusher } from '#lib/artifacts/pusher.ts';
import { ProvisionalBlob } from '#lib/blobs/provisional.ts';
import { receiveBlob } from '#lib/blobs/receive.ts';
import { blobStore } from '#lib/blobs/store.ts';
import { sweepBlobs } from '#lib/blobs/sweep.ts';
import { type Clock, DAY_MS, MINUTE_MS, systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { books, readAll, versionNumbers } from '#lib/testing/books.ts';
import { makeUser, push } from '#lib/testing/domain.ts';

const later = (ms: number): Clock => ({ now: () => new Date(Date.now() + ms) });

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
    const target = { kind: 'name' as const, name: 'a' };
    const visibilityWhenNew = 'private' as const;
    const facts = {
      type: undefined,
      visibility: undefined,
      visibilityWhenNew,
      metaData: undefined,
      client: {},
    };
    const owner = userPusher(caller);
    await expect(
      commitPush({ owner, origin, target, received, ...facts, now: new Date() }),
    ).rejects.toMatchObject({ kind: 'broken-upload' });
    blob.release();
    await blob.discard();
    expect(await blobStore().head(blob.key)).toBeNull();
    expect(await books(user)).toMatchObject({ usedBytes: 0, blobs: 0 });
  });
});

describe('deletion and expiry', () => {
  it('lower the usage at once; bytes deleted for good stay for links given out, and are then removed', async () => {
    const user = await makeUser();
    const row = await push(user, Buffer.from('bytes'), { name: 'a' });
    await deleteArtifact({ ...user, ref: { id: row.id } });
    expect(await books(user)).toMatchObject({ usedBytes: 0, currentBytes: 0, blobs: 1 });
    await purgeArtifacts({ ...user, ids: [row.id] });
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
    const isThere = () => findVisible(user.caller, { id: old.id }).then(Boolean, () => false);
    await expireArtifacts(later(7 * DAY_MS - MINUTE_MS), user.origin);
    expect(await isThere()).toBe(true);
    await expireArtifacts(later(8 * DAY_MS), user.origin);
    expect(await isThere()).toBe(false);
    expect(await books(user)).toMatchObject({ usedBytes: 3, currentBytes: 3, versionBytes: 3, liveBytes: 3 });
  });

  it('never takes what is kept for ever', async () => {
    const user = await makeUser({ retentionDays: null });
    const row = await push(user, Buffer.from('x'), { name: 'a' });
    expect(row.expiresAt).toBeNull();
    await expireArtifacts(later(100 * 365 * DAY_MS), user.origin);
    expect(await findVisible(user.caller, { id: row.id })).toMatchObject({ id: row.id });
    expect(await versionNumbers(row.id)).toEqual([1]);
  });
});
