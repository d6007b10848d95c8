import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { blobStore } from '#lib/blobs/store.ts';
import { systemClock as clock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { deleteExecutor } from '#lib/executors/remove.ts';
import { accountFiles } from '#lib/exports/account-files.ts';
import { zipOf } from '#lib/exports/zip.ts';
import { makeUser } from '#lib/testing/domain.ts';
import { insertExecutor } from '#lib/testing/executors.ts';
import { unzip } from '#lib/testing/unzip.ts';

it('has the package of each commit of each Executor, the trash too, and tells what is gone from the store', async () => {
  const user = await makeUser();
  const { namespaceId } = user.caller;
  const client = await pool().connect();
  const kept = await insertExecutor(client, { namespaceId, name: 'Kept', package: Buffer.from('a package') });
  const gone = await insertExecutor(client, { namespaceId, name: 'Gone', package: Buffer.from('another') });
  await insertExecutor(client, { namespaceId, name: 'Lost' });
  client.release();
  for (const [id, text] of [
    [kept.blobId, 'a package'],
    [gone.blobId, 'another'],
  ] as const)
    await blobStore().put(id, Readable.from([Buffer.from(text)]));
  await deleteExecutor({ ...user, id: gone.id });

  const files = await unzip(await buffer(zipOf(accountFiles({ ...user, clock }))));
  expect(files.get('executors/Kept/commits/1.zip')?.toString()).toBe('a package');
  expect(files.get('trash-of-executors/Gone/commits/1.zip')?.toString()).toBe('another');
  expect(JSON.parse(files.get('executors/Kept/about.json')?.toString() ?? '')).toMatchObject({
    name: 'Kept',
    tags: [{ name: 'latest', commit: 1 }],
    commits: [{ number: 1, isCurrent: true, file: 'commits/1.zip' }],
  });
  const index: { name: string; missing: number[] }[] = JSON.parse(files.get('index.json')?.toString() ?? '');
  expect(index.find(({ name }) => name === 'Lost')?.missing).toEqual([1]);
  expect(files.has('executors/Lost/commits/1.zip')).toBe(false);
});
