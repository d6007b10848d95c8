import { beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#lib/db/pool.ts';
import { deleteExecutor } from '#lib/executors/remove.ts';
import { books } from '#lib/testing/books.ts';
import { makeUser, type TestUser } from '#lib/testing/domain.ts';
import { PLAIN_EXECUTOR } from '#lib/testing/executor-zip.ts';
import { FakeImages } from '#lib/testing/fake-images.ts';
import { pushFolder } from '#lib/testing/push-executor.ts';

const BOM = { spdxVersion: 'SPDX-2.3', packages: [{ name: 'jina', versionInfo: 'ü'.repeat(50_000) }] };
let user: TestUser;
beforeEach(async () => {
  user = await makeUser();
});

const push = (images: FakeImages, input = {}) =>
  pushFolder(user, PLAIN_EXECUTOR, { id: 'MyExecutor', ...input }, 'push', images.make);

describe('an image', () => {
  it('is charged with the list of what is installed in it, until its Executor is deleted', async () => {
    const { result } = await push(new FakeImages());
    const before = await books(user);
    await push(new FakeImages({ bom: BOM }), { buildWithNoCache: true });
    const after = await books(user);
    expect(after.usedBytes - before.usedBytes).toBeGreaterThan(100_000 + 1000);
    for (const { usedBytes, currentBytes, versionBytes, liveBytes } of [before, after])
      expect([currentBytes, versionBytes, liveBytes]).toEqual([usedBytes, usedBytes, usedBytes]);
    await deleteExecutor({ origin: user.origin, caller: user.caller, id: result?.id ?? '' });
    expect(await books(user)).toMatchObject({ usedBytes: 0, currentBytes: 0, liveBytes: 0 });
  });

  it('whose list does not fit into the quota is refused', async () => {
    await pool().query('UPDATE namespace SET quota_bytes = 50000 WHERE id = $1', [user.caller.namespaceId]);
    const { task } = await push(new FakeImages({ bom: BOM }));
    expect(task.failure).toMatchObject({ kind: 'over-quota' });
    expect((await push(new FakeImages())).result).toMatchObject({ isNew: true });
  });
});
