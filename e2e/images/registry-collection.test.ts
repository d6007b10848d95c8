import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { readManifest } from '#lib/registry/client.ts';
import { doomManifests, removeDoomedManifests } from '#lib/registry/doomed.ts';
import { withRegistryStill, withRegistryWritable, withRepositoryStill } from '#lib/registry/lock.ts';
import { doomOrphans } from '#lib/registry/orphans.ts';
import { runAdmin } from '#lib/testing/admin.ts';
import { collectUnderLoad } from './support/collecting.ts';
import { pushImage } from './support/image.ts';
import { pushAsWorker } from './support/pushing.ts';
import { Station } from './support/station.ts';

// Without housekeeping, which would do the same as these tests at its own times.
const station = await Station.start({ ROLE: 'web' });
afterAll(() => station.stop());
const alice = await station.addPerson('alice');
const { registry, folder, env } = station;
const gone = { kind: 'gone-from-store' };
const collect = () => runAdmin(env, ['registry', 'gc']);
const doomed = () => station.query('SELECT repository, digest FROM doomed_manifest');

describe('a collection', () => {
  it('has nothing to do where nothing was pushed', async () => {
    expect(await collect()).toBe('0 layers and other blobs removed.');
  });

  it('takes the layers of deleted images alone, which can then be pushed again', async () => {
    const image = await station.addImage(alice, 'Kept');
    const digest = await pushAsWorker(station, image, 'second');
    await station.deleteImage(image, 'second');
    expect(await removeDoomedManifests(systemClock)).toBe(1);
    expect(await doomed()).toEqual([]);
    // A manifest, a configuration and three layers.
    expect(await collect()).toBe('5 layers and other blobs removed.');
    await expect(readManifest(image.repository, digest)).rejects.toMatchObject(gone);
    expect(await readManifest(image.repository, image.commitId)).toMatchObject({ digest: image.digest });
    await pushAsWorker(station, image, 'second');
    await readManifest(image.repository, 'second');
  });

  it('leaves an image that is pulled by its digest, and has no tag any more', async () => {
    const image = await station.addImage(alice, 'Moved');
    const next = await pushImage({ registry, folder, executorId: image.id, tag: image.commitId });
    await collect();
    expect(await readManifest(image.repository, image.commitId)).toMatchObject({ digest: next });
    expect(await readManifest(image.repository, image.digest)).toMatchObject({ digest: image.digest });
  });

  it('leaves each image whole for a minute of pushes, deletions and pulls', async () => {
    await collectUnderLoad(station, alice, 60);
  });
});

describe('a doomed manifest', () => {
  it('stays when a row has it again', async () => {
    await removeDoomedManifests(systemClock);
    const { repository, digest, commitId } = await station.addImage(alice, 'Needed');
    await doomManifests(pool(), [{ repository, digest }]);
    expect(await removeDoomedManifests(systemClock)).toBe(0);
    expect(await doomed()).toEqual([]);
    expect(await readManifest(repository, commitId)).toMatchObject({ digest });
  });

  it('waits for a push into its repository', async () => {
    await removeDoomedManifests(systemClock);
    const image = await station.addImage(alice, 'Waiting');
    await withRegistryWritable(image.repository, async () => {
      await station.deleteImage(image, image.commitId);
      expect(await removeDoomedManifests(systemClock)).toBe(0);
    });
    expect(await removeDoomedManifests(systemClock)).toBe(1);
    await expect(readManifest(image.repository, image.commitId)).rejects.toMatchObject(gone);
  });

  it('is forgotten when the registry does not have it', async () => {
    await removeDoomedManifests(systemClock);
    const digest = `sha256:${'0'.repeat(64)}`;
    await doomManifests(pool(), [{ repository: 'jinahub/00000000', digest }]);
    expect(await removeDoomedManifests(systemClock)).toBe(1);
    expect(await doomed()).toEqual([]);
  });
});

it('deletes an image that no row ever had, some hours after it was found', async () => {
  const { id, commitId } = await station.addExecutor(alice, 'Orphan');
  const digest = await pushImage({ registry, folder, executorId: id, tag: commitId });
  const repository = `jinahub/${id}`;
  await doomOrphans();
  expect(await doomed()).toContainEqual({ repository, digest });
  await removeDoomedManifests(systemClock);
  expect(await readManifest(repository, commitId)).toMatchObject({ digest });
  await removeDoomedManifests({ now: () => new Date(Date.now() + 7 * 3_600_000) });
  await expect(readManifest(repository, commitId)).rejects.toMatchObject(gone);
});

describe('the locks of the registry', () => {
  const [one, other] = ['jinahub/aaaaaaaa', 'jinahub/bbbbbbbb'];

  it('let pushes go on beside each other, and a collection beside none', async () => {
    const result = await withRegistryWritable(one, () =>
      withRegistryWritable(one, () => withRegistryStill(200, async () => 'collected')),
    );
    expect(result).toBeNull();
    expect(await withRegistryStill(200, async () => 'collected')).toBe('collected');
  });

  it('make a push wait for a collection, and end the wait when it is called off', async () => {
    const order: string[] = [];
    let push: Promise<unknown> = Promise.resolve();
    await withRegistryStill(200, async () => {
      push = withRegistryWritable(one, async () => order.push('push'));
      await expect(withRegistryWritable(one, async () => {}, AbortSignal.timeout(300))).rejects.toThrow();
      await delay(300);
      order.push('collection');
    });
    await push;
    expect(order).toEqual(['collection', 'push']);
  });

  it('keep a deletion and a push apart in one repository, and in no other', async () => {
    await withRegistryWritable(one, async () => {
      expect(await withRepositoryStill(one, async () => true)).toBeNull();
      expect(await withRepositoryStill(other, async () => true)).toBe(true);
    });
    expect(await withRepositoryStill(one, async () => true)).toBe(true);
  });

  it('tell a push that lost them, before it writes its row', async () => {
    const lost = withRegistryWritable(one, async ({ signal, confirm }) => {
      await confirm();
      await station.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'`,
      );
      await expect.poll(() => signal.aborted).toBe(true);
      await confirm();
    });
    await expect(lost).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await withRegistryStill(1000, async () => true)).toBe(true);
  });
});
