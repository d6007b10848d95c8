import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { findVisible } from '#lib/artifacts/find.ts';
import { pushArtifact } from '#lib/artifacts/push.ts';
import type { ArtifactRow } from '#lib/artifacts/row.ts';
import { updateArtifact } from '#lib/artifacts/update.ts';
import { sweepBlobs } from '#lib/blobs/sweep.ts';
import { type Clock, DAY_MS, MINUTE_MS, systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { books, readAll, versionNumbers } from '#lib/testing/books.ts';
import { makeUser, push } from '#lib/testing/domain.ts';

const later = (ms: number): Clock => ({ now: () => new Date(Date.now() + ms) });

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

  it('keeps the current version alone where KEEP_VERSIONS is 1', async () => {
    const user = await makeUser();
    vi.spyOn(env(), 'KEEP_VERSIONS', 'get').mockReturnValue(1);
    const row = await push(user, Buffer.from('four'), { name: 'a' });
    await push(user, Buffer.from('sixsix'), { name: 'a' });
    expect(await versionNumbers(row.id)).toEqual([2]);
    expect(await books(user)).toMatchObject({ usedBytes: 6, currentBytes: 6, versionBytes: 6 });
    vi.restoreAllMocks();
  });

  it('answers what a read would find, for a new artifact, a new version and the same bytes again', async () => {
    const user = await makeUser();
    const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 7, 9, 9]);
    for (const input of [
      { name: 'a', type: 'documentArray' },
      { name: 'a', public: true, metaData: '{"k": 1.50}' },
      { name: 'a' },
    ]) {
      const row = await push(user, input.metaData ? header : header.subarray(0, 10), input);
      expect(row).toEqual(await findVisible(user.caller, { id: row.id }));
      expect(await push(user, input.metaData ? header : header.subarray(0, 10), input)).toEqual(
        await findVisible(user.caller, { id: row.id }),
      );
    }
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
