import { readdirSync, readlinkSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { destroyAccount } from '#lib/accounts/destroy.ts';
import { deleteArtifact } from '#lib/artifacts/delete.ts';
import { purgeArtifacts } from '#lib/artifacts/purge.ts';
import { blobStore } from '#lib/blobs/store.ts';
import { systemClock as clock } from '#lib/clock.ts';
import { accountFiles } from '#lib/exports/account-files.ts';
import { zipOf } from '#lib/exports/zip.ts';
import { makeUser, push, type TestUser } from '#lib/testing/domain.ts';
import { unzip } from '#lib/testing/unzip.ts';
import { createToken } from '#lib/tokens/create.ts';

const MB = 1_000_000;

function exported({ caller, origin }: TestUser) {
  return zipOf(accountFiles({ caller, origin, clock }));
}

async function filesOf(user: TestUser): Promise<Map<string, Buffer>> {
  return unzip(await buffer(exported(user)));
}

interface IndexEntry {
  name: string | null;
  folder: string;
  missing: number[];
}

function jsonOf<Data>(files: Map<string, Buffer>, name: string): Data {
  return JSON.parse(files.get(name)?.toString() ?? 'null');
}

/** Files of blobs that this process has open. */
function openBlobs(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.includes('/blobs/') ? [target] : [];
    } catch {
      return [];
    }
  });
}

it('has each byte of each version, the trash, the account and what happened, and no secret', async () => {
  const user = await makeUser();
  const large = Buffer.alloc(3 * MB, 'large');
  await push(user, Buffer.from('first'), { name: 'photos', metaData: '{"a": 1.50}' });
  await push(user, large, { name: 'photos' });
  await push(user, Buffer.alloc(0), { name: 'empty' });
  await push(user, Buffer.from('unnamed'), {});
  await push(user, Buffer.from('gone'), { name: 'gone' });
  await deleteArtifact({ ...user, ref: { name: 'gone' } });
  const { token } = await createToken({
    userId: user.caller.userId,
    name: 'ci',
    days: 1,
    origin: user.origin,
    clock,
  });

  const files = await filesOf(user);
  expect([...files.keys()].sort()).toEqual([
    'account.json',
    'activity.csv',
    'artifacts/empty/about.json',
    'artifacts/empty/data.bin',
    'artifacts/photos/about.json',
    'artifacts/photos/data.bin',
    'artifacts/photos/versions/1.bin',
    'artifacts/unnamed/about.json',
    'artifacts/unnamed/data.bin',
    'index.json',
    'trash/gone/about.json',
    'trash/gone/data.bin',
  ]);
  expect(files.get('artifacts/photos/data.bin')?.equals(large)).toBe(true);
  expect(files.get('artifacts/photos/versions/1.bin')?.toString()).toBe('first');
  expect(files.get('artifacts/empty/data.bin')).toHaveLength(0);
  expect(files.get('trash/gone/data.bin')?.toString()).toBe('gone');
  expect(jsonOf(files, 'artifacts/photos/about.json')).toMatchObject({
    name: 'photos',
    versions: [
      { number: 2, isCurrent: true, file: 'data.bin', sizeBytes: 3 * MB },
      { number: 1, isCurrent: false, file: 'versions/1.bin', metaData: { a: 1.5 } },
    ],
  });
  expect(jsonOf(files, 'account.json')).toMatchObject({
    user: { name: user.caller.name },
    namespace: { slug: user.caller.name },
    tokens: [{ name: 'ci' }],
  });
  const text = Buffer.concat([...files.values()]).toString('latin1');
  expect(text).not.toContain(token.slice(10, 40));
  expect(text).not.toMatch(/hash"/i);
  expect(files.get('activity.csv')?.toString()).toContain('artifact.create,photos');
});

it('gives each name a folder of its own that any file system takes', async () => {
  const user = await makeUser();
  const names = [
    'a/b',
    'a_b',
    'A_b',
    '../../etc/passwd',
    '..',
    'con',
    'ä',
    'a\u0308',
    '🛰️',
    '.hidden',
    'x'.repeat(255),
    ' ',
  ];
  for (const name of names) await push(user, Buffer.from(name), { name });
  const files = await filesOf(user);
  const index = jsonOf<IndexEntry[]>(files, 'index.json');
  expect(index.map(({ name }) => name).sort()).toEqual([...names].sort());
  for (const { name, folder } of index) {
    expect(folder).toMatch(/^artifacts\/(?!\.)[\p{L}\p{M}\p{N}._-]+$/u);
    expect(folder).not.toMatch(/^artifacts\/con$|\.$/);
    expect(files.get(`${folder}/data.bin`)?.toString()).toBe(name);
  }
  const folders = index.map(({ folder }) => folder.normalize('NFKC').toLowerCase());
  expect(new Set(folders).size).toBe(names.length);
});

it('tells what is gone from the store, and is whole all the same; what is deleted meanwhile does not stop it', async () => {
  const user = await makeUser();
  const lost = await push(user, Buffer.from('lost'), { name: 'a-lost' });
  await blobStore().delete(lost.blobId);
  await push(user, Buffer.alloc(MB, 'kept'), { name: 'b-kept' });
  const later = await push(user, Buffer.from('later'), { name: 'c-later' });
  const stream = exported(user);
  const begun =
    stream.read() ?? (await new Promise((resolve) => stream.once('readable', () => resolve(stream.read()))));
  await deleteArtifact({ ...user, ref: { id: later.id } });
  await purgeArtifacts({ ...user, ids: [later.id] });
  const files = await unzip(Buffer.concat([begun as Buffer, await buffer(stream)]));
  const index = jsonOf<IndexEntry[]>(files, 'index.json');
  expect(index.find(({ name }) => name === 'a-lost')?.missing).toEqual([1]);
  expect(files.has('artifacts/a-lost/about.json')).toBe(true);
  expect(files.has('artifacts/a-lost/data.bin')).toBe(false);
  expect(files.get('artifacts/b-kept/data.bin')?.length).toBe(MB);
  await destroyAccount(user.caller.userId, user.origin, clock);
});

it('leaves nothing open when nobody reads on, and reads no further than it is read', async () => {
  const user = await makeUser();
  for (const name of ['first', 'second']) await push(user, Buffer.alloc(4 * MB, name), { name });
  const stream = exported(user);
  await new Promise((resolve) => stream.once('readable', resolve));
  await expect.poll(() => openBlobs().length).toBe(1);
  stream.destroy();
  // At once, not when the collector of garbage closes what was forgotten.
  await expect.poll(openBlobs, { timeout: 1_000 }).toEqual([]);
});
