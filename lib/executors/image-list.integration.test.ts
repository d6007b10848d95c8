import { beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#lib/db/pool.ts';
import { listImages } from '#lib/executors/image-list.ts';
import { listOwnExecutors } from '#lib/executors/own-list.ts';
import { listPushes } from '#lib/executors/push-list.ts';
import { cancelTask } from '#lib/tasks/cancel.ts';
import { makeUser, type TestUser } from '#lib/testing/domain.ts';
import { PLAIN_EXECUTOR } from '#lib/testing/executor-zip.ts';
import { insertExecutor, insertImageRow, insertNextCommit, insertTask } from '#lib/testing/executors.ts';
import { pushFolder } from '#lib/testing/push-executor.ts';

let user: TestUser;

beforeEach(async () => {
  user = await makeUser();
});

async function make(name: string) {
  const client = await pool().connect();
  try {
    const { namespaceId } = user.caller;
    const tags = [{ name: 'v1' }, { name: 'latest' }];
    const { id, commitId } = await insertExecutor(client, { namespaceId, name, tags });
    return { namespaceId, executorId: id, commitId };
  } finally {
    client.release();
  }
}

describe('the images of an Executor', () => {
  it('come by commit, the shown one first, with the tags that lead to them', async () => {
    const { commitId, ...place } = await make('Listed');
    const newer = await insertNextCommit(pool(), { ...place, package: Buffer.from('2') });
    const { executorId } = place;
    const rebuilt = await insertImageRow(pool(), { executorId, commitId, rebuiltFor: '3.20.0' });
    await insertImageRow(pool(), { executorId, commitId, packages: null });
    await insertImageRow(pool(), { executorId, commitId: newer, sizes: [5, 6] });
    const shown = await listImages(executorId, commitId);
    expect(shown.at(-1)?.tag).toBe(newer);
    expect(await listImages(executorId, newer)).toMatchObject([
      { tag: newer, commitNumber: 2, tags: [], sizeBytes: 11, layers: [{ sizeBytes: 5 }, { sizeBytes: 6 }] },
      { tag: commitId, isRebuilt: false, tags: ['latest', 'v1'], packageCount: null, taskId: null },
      { tag: rebuilt, isRebuilt: true, jinaVersion: '3.20.0', packageCount: 1 },
    ]);
  });

  it('give the list the size of that of the newest commit, and an order', async () => {
    const sizes = { Small: [10], Large: [30], None: null };
    for (const [name, layers] of Object.entries(sizes)) {
      const made = await make(name);
      if (layers) await insertImageRow(pool(), { ...made, sizes: layers });
    }
    const outdated = await make('Outdated');
    await insertImageRow(pool(), { ...outdated, sizes: [99] });
    await insertNextCommit(pool(), { ...outdated, package: Buffer.from('2') });
    const { items } = await listOwnExecutors({
      ...{ caller: user.caller, sort: { field: 'image', direction: -1 }, pageIndex: 1, pageSize: 50 },
    });
    const found = items.map(({ name, imageBytes }) => [name, imageBytes]);
    expect(found.slice(0, 2)).toEqual([
      ['Large', 30],
      ['Small', 10],
    ]);
    expect(found).toContainEqual(['Outdated', null]);
    expect(found).toContainEqual(['None', null]);
  });
});

describe('the pushes of an Executor', () => {
  it('say which commit each made, and a cancelled one blames no step', async () => {
    const { caller } = user;
    const { result } = await pushFolder(user, PLAIN_EXECUTOR, { id: 'Pushed' });
    const id = result?.id ?? '';
    const events = [{ type: 'start', subject: 'buildWorkspace' }];
    const push = { namespaceId: caller.namespaceId, executorId: id, name: 'Pushed', events };
    const task = await insertTask(pool(), { ...push, state: 'running' });
    await insertTask(pool(), { ...push, state: 'failed', failure: 'No space.' });
    expect((await listPushes(caller, id)).find((one) => one.id === task)?.step).toBe('buildWorkspace');
    await cancelTask(caller, task, user.origin);
    const pushes = await listPushes(caller, id);
    expect(pushes.find((one) => one.id === task)).toMatchObject({ state: 'failed', step: null });
    expect(pushes.find(({ failure }) => failure === 'No space.')).toMatchObject({ step: 'buildWorkspace' });
    expect(pushes.find(({ state }) => state === 'succeeded')).toMatchObject({
      ...{ commitNumber: 1, isRebuild: false },
    });
  });
});
