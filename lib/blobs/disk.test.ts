import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DiskStore } from '#lib/blobs/disk.ts';
import { newId } from '#lib/ids.ts';
import { describeStore } from '#lib/testing/store-contract.ts';
import { makeTemporaryFolder } from '#lib/testing/temporary-folder.ts';

const { folder, remove } = makeTemporaryFolder();
afterAll(remove);
const store = new DiskStore(path.join(folder, 'blobs'));

describe('a store on disk', () => {
  describeStore(() => store);

  it('lets all bytes pass through us', async () => {
    expect(await store.directUrl()).toBeNull();
  });

  it('says so when its folder cannot be one', async () => {
    const broken = new DiskStore('/dev/null/blobs');
    const written = broken.put(newId(), (async function* () {})());
    await expect(written).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(broken.check()).rejects.toThrow();
  });
});
