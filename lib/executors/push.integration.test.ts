import { describe, expect, it } from 'vitest';
import { systemClock } from '#lib/clock.ts';
import { getPackage } from '#lib/executors/get-package.ts';
import { makeUser } from '#lib/testing/domain.ts';
import { PLAIN_EXECUTOR } from '#lib/testing/executor-zip.ts';
import { executorBooks, pushFolder } from '#lib/testing/push-executor.ts';

const CHANGED = { ...PLAIN_EXECUTOR, 'README.md': '# Changed' };

describe('a push', () => {
  it('makes the Executor, public and tagged latest, and charges its package', async () => {
    const user = await makeUser();
    const { result, told } = await pushFolder(user, PLAIN_EXECUTOR, { id: 'MyExecutor' });
    expect(result).toMatchObject({
      id: expect.stringMatching(/^[0-9a-z]{8}$/),
      name: 'MyExecutor',
      visibility: 'public',
      owner: user.caller.name,
      tags: ['latest'],
      isNew: true,
    });
    expect(told.map(({ type, subject }) => `${type} ${subject}`)).toEqual([
      'init createExecutor',
      'start extractZip',
      'done extractZip',
      'start normalize',
      'done normalize',
      'start buildWorkspace',
      'console buildWorkspace',
      'done buildWorkspace',
      'complete createExecutor',
    ]);
    const books = await executorBooks(user.caller.namespaceId);
    expect(books).toMatchObject({ executors: 1, commits: 1, blobs: 1, openTasks: 0 });
    expect(books.usedBytes).toBe(books.packageBytes);
    expect(books.currentBytes).toBe(books.packageBytes);
  });

  it('of the same folder makes no commit, says so, and leaves no bytes', async () => {
    const user = await makeUser();
    const first = await pushFolder(user);
    const again = await pushFolder(user, PLAIN_EXECUTOR, { tags: 'v1' });
    expect(again.result).toMatchObject({ id: first.result?.id, commit: first.result?.commit, isNew: false });
    expect(again.result?.tags).toEqual(['v1', 'latest']);
    expect(again.told.at(-1)?.message).toContain('Nothing has changed');
    const books = await executorBooks(user.caller.namespaceId);
    expect(books).toMatchObject({ executors: 1, commits: 1, blobs: 1 });
    expect(books.usedBytes).toBe(books.packageBytes);
  });

  it('of a changed folder adds a commit, to which latest moves', async () => {
    const user = await makeUser();
    const first = await pushFolder(user);
    const second = await pushFolder(user, CHANGED);
    expect(second.result?.id).toBe(first.result?.id);
    expect(second.result?.commit).not.toBe(first.result?.commit);
    const pulled = await getPackage(user.origin, { id: 'MyExecutor' }, systemClock);
    expect(pulled.commit).toMatchObject({ id: second.result?.commit, number: 2, tags: ['latest'] });
  });

  it('of a name that only its package says lands, though another one of it is pushed at once', async () => {
    const user = await makeUser();
    const pushes = ['one', 'two'].map((text) => pushFolder(user, { ...PLAIN_EXECUTOR, 'README.md': text }));
    const results = (await Promise.all(pushes)).map(({ result }) => result?.id);
    expect(new Set(results).size).toBe(1);
    expect(results).not.toContain(undefined);
    expect(await executorBooks(user.caller.namespaceId)).toMatchObject({
      executors: 1,
      commits: 2,
      openTasks: 0,
    });
  });
});
