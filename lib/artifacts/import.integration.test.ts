import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { expireArtifacts } from '#lib/artifacts/expire.ts';
import { findVisible } from '#lib/artifacts/find.ts';
import { importArtifact } from '#lib/artifacts/import.ts';
import { deleteLegacy, listLegacy } from '#lib/artifacts/legacy.ts';
import type { Origin } from '#lib/audit/record.ts';
import { verifyBlobs } from '#lib/blobs/verify.ts';
import { type Clock, DAY_MS, MINUTE_MS, systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { newId } from '#lib/ids.ts';
import { books, readAll, versionNumbers } from '#lib/testing/books.ts';
import { makeStranger, makeUser, push } from '#lib/testing/domain.ts';

const origin: Origin = { caller: null, address: null, client: 'admin command', requestId: newId() };
const freshName = () => `name-${randomBytes(6).toString('hex')}`;
const inDays = (days: number): Clock => ({ now: () => new Date(Date.now() + days * DAY_MS + MINUTE_MS) });

let folder: string;
beforeAll(() => {
  folder = path.join(env().DATA_DIR, 'to-import');
  mkdirSync(folder, { recursive: true });
});

function fileOf(bytes: Buffer): string {
  const file = path.join(folder, randomBytes(6).toString('hex'));
  writeFileSync(file, bytes);
  return file;
}

function importBytes(name: string, bytes: Buffer, days: number | null = null) {
  return importArtifact({
    name,
    path: fileOf(bytes),
    type: 'documentArray',
    days,
    origin,
    clock: systemClock,
  });
}

async function legacyNames(): Promise<(string | null)[]> {
  const names = [];
  for await (const row of listLegacy()) names.push(row.name);
  return names;
}

describe('an import', () => {
  it('keeps the bytes as they are, public, under its bare name, for everybody', async () => {
    const name = freshName();
    const bytes = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 3]), randomBytes(3_000_000)]);
    const row = await importBytes(name, bytes);
    expect(row).toMatchObject({ name, visibility: 'public', isLegacy: true, documents: 3, expiresAt: null });
    expect(await readAll(row)).toEqual(bytes);
    for (const caller of [(await makeUser()).caller, null])
      expect(await findVisible(caller, { name })).toMatchObject({ id: row.id });
    expect(await legacyNames()).toContain(name);
  });

  it('is larger than an upload may be, where the administrator wants it', async () => {
    env().MAX_UPLOAD_BYTES = 10;
    try {
      expect(await importBytes(freshName(), randomBytes(11))).toMatchObject({ sizeBytes: 11 });
    } finally {
      env().MAX_UPLOAD_BYTES = undefined;
    }
  });

  it('is never over, unless it was told when', async () => {
    const kept = await importBytes(freshName(), Buffer.from('kept'));
    const let_go = await importBytes(freshName(), Buffer.from('let go'), 3);
    await expireArtifacts(inDays(2), origin);
    expect(await versionNumbers(let_go.id)).toEqual([1]);
    await expireArtifacts(inDays(36_500), origin);
    expect(await versionNumbers(let_go.id)).toEqual([]);
    expect(await versionNumbers(kept.id)).toEqual([1]);
  });

  it('is not replaced by another import, and says so of the same bytes', async () => {
    const name = freshName();
    const first = await importBytes(name, Buffer.from('first'));
    await expect(importBytes(name, Buffer.from('first'))).rejects.toMatchObject({
      kind: 'name-taken',
      message: expect.stringContaining('same bytes'),
    });
    await expect(importBytes(name, Buffer.from('other'))).rejects.toMatchObject({
      kind: 'name-taken',
      message: expect.stringContaining('other bytes'),
    });
    expect(await readAll(await findVisible(null, { name }))).toEqual(Buffer.from('first'));
    expect(await versionNumbers(first.id)).toEqual([1]);
  });

  it('is not replaced by a push without token, nor does it replace one', async () => {
    const [imported, pushed] = [freshName(), freshName()];
    await importBytes(imported, Buffer.from('imported'));
    await expect(push(makeStranger(), Buffer.from('x'), { name: imported })).rejects.toMatchObject({
      kind: 'not-allowed',
    });
    await push(makeStranger(), Buffer.from('pushed'), { name: pushed });
    await expect(importBytes(pushed, Buffer.from('pushed'))).rejects.toMatchObject({
      kind: 'name-taken',
      message: expect.stringContaining('without a token'),
    });
    await deleteLegacy({ name: pushed, origin });
    expect(await importBytes(pushed, Buffer.from('imported'))).toMatchObject({ versionNumber: 1 });
  });

  it.each(['', 'a\nb', 'nul\0', 'x'.repeat(256)])('is refused with the name %j', async (name) => {
    await expect(importBytes(name, Buffer.from('x'))).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('is refused with a name that would mean something in a namespace', async () => {
    const { caller } = await makeUser();
    await expect(importBytes(`${caller.name}/x`, Buffer.from('x'))).rejects.toMatchObject({
      kind: 'invalid',
    });
  });

  it('is refused of what is no file', async () => {
    const rest = { name: freshName(), type: 'documentArray', days: null, origin, clock: systemClock };
    for (const where of [folder, path.join(folder, 'not there')])
      await expect(importArtifact({ ...rest, path: where })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(findVisible(null, { name: rest.name })).rejects.toMatchObject({ kind: 'log-in' });
  });
});

describe('at the same moment', () => {
  it('an import and a push without token of one name: one has it, whole, and nothing of the other stays', async () => {
    for (let round = 0; round < 5; round++) {
      const name = freshName();
      const results = await Promise.allSettled([
        importBytes(name, Buffer.from('imported')),
        push(makeStranger(), Buffer.from('pushed'), { name }),
      ]);
      const [winner, ...others] = results.filter((result) => result.status === 'fulfilled');
      expect(others).toEqual([]);
      const row = await findVisible(null, { name });
      expect(row).toEqual(winner?.value);
    }
    for await (const finding of verifyBlobs({ checked: 0 })) expect(finding).toBeNull();
  });

  it('two imports of one name: one has it, and the books are right', async () => {
    const name = freshName();
    const results = await Promise.allSettled([
      importBytes(name, randomBytes(100)),
      importBytes(name, randomBytes(200)),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { namespaceId, id } = await findVisible(null, { name });
    expect(await versionNumbers(id)).toEqual([1]);
    const { usedBytes, currentBytes, versionBytes } = await books({ caller: { namespaceId } });
    expect({ usedBytes, currentBytes }).toEqual({ usedBytes: versionBytes, currentBytes: versionBytes });
  });
});

describe('deletion by the administrator', () => {
  it('frees name and bytes, and finds nothing a second time', async () => {
    const name = freshName();
    const { namespaceId } = await importBytes(name, Buffer.from('gone soon'));
    const before = await books({ caller: { namespaceId } });
    await deleteLegacy({ name, origin });
    const after = await books({ caller: { namespaceId } });
    expect(before.usedBytes - after.usedBytes).toBe(9);
    await expect(deleteLegacy({ name, origin })).rejects.toMatchObject({ kind: 'not-found' });
  });
});
