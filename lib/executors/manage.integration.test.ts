import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdingsOf } from '#lib/accounts/holdings.ts';
import { storageUsage } from '#lib/artifacts/usage.ts';
import { systemClock as clock, DAY_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { findOwnExecutor } from '#lib/executors/find-own.ts';
import { purgeExecutors, purgeExecutorTrash } from '#lib/executors/purge.ts';
import { deleteExecutor, deleteExecutors } from '#lib/executors/remove.ts';
import { restoreExecutor } from '#lib/executors/restore.ts';
import { setExecutorVisibility } from '#lib/executors/set-visibility.ts';
import { listExecutorTrash } from '#lib/executors/trash-list.ts';
import { books } from '#lib/testing/books.ts';
import { makeUser, push, type TestUser } from '#lib/testing/domain.ts';
import { PLAIN_EXECUTOR } from '#lib/testing/executor-zip.ts';
import { insertExecutor, insertNextCommit } from '#lib/testing/executors.ts';
import { pushFolder } from '#lib/testing/push-executor.ts';
import { expectRightBooks } from '#lib/testing/races.ts';

const inDays = (days: number) => ({ now: () => new Date(Date.now() + days * DAY_MS) });
const SERVER = { caller: null, address: null, client: 'housekeeping', requestId: 'request' };

async function make({ caller }: TestUser, name: string, options: object = {}) {
  const client = await pool().connect();
  try {
    return await insertExecutor(client, { namespaceId: caller.namespaceId, name, ...options });
  } finally {
    client.release();
  }
}

async function blobState(id: string): Promise<string | undefined> {
  return (await pool().query('SELECT state FROM blob WHERE id = $1', [id])).rows[0]?.state;
}

beforeEach(async () => {
  await pool().query('TRUNCATE app_user, namespace CASCADE');
});

const users: TestUser[] = [];
async function somebody(terms = {}): Promise<TestUser> {
  const user = await makeUser(terms);
  users.push(user);
  return user;
}
afterEach(async () => {
  for (const user of users.splice(0)) await expectRightBooks(user);
});

describe('an Executor that is deleted', () => {
  it('takes no space, frees its name, and comes back whole with its tags', async () => {
    const user = await somebody();
    const first = await make(user, 'Encoder', { package: Buffer.alloc(100) });
    const next = { namespaceId: user.caller.namespaceId, executorId: first.id, package: Buffer.alloc(50) };
    await insertNextCommit(pool(), next);
    expect((await storageUsage(user.caller.namespaceId)).byKind.executors).toBe(150);
    expect(await deleteExecutor({ ...user, id: 'Encoder' })).toMatchObject({ id: first.id });
    expect(await books(user)).toMatchObject({ usedBytes: 0, currentBytes: 0 });
    await expect(findOwnExecutor(user.caller, first.id)).rejects.toMatchObject({ kind: 'not-found' });
    const { items } = await listExecutorTrash({
      namespaceId: user.caller.namespaceId,
      sort: { field: 'goneAt', direction: 1 },
      pageIndex: 1,
      pageSize: 50,
    });
    expect(items).toMatchObject([{ id: first.id, name: 'Encoder', sizeBytes: 150, commits: 2 }]);

    const second = await make(user, 'Encoder');
    await expect(restoreExecutor({ ...user, id: first.id })).rejects.toMatchObject({ kind: 'name-taken' });
    await deleteExecutors({ ...user, ids: [second.id, second.id, 'absent', '\0'] });
    expect(await restoreExecutor({ ...user, id: first.id })).toMatchObject({
      name: 'Encoder',
      sizeBytes: 150,
    });
    expect(await books(user)).toMatchObject({ usedBytes: 150, currentBytes: 150 });
    const { rowCount } = await pool().query('SELECT FROM executor_tag WHERE executor_id = $1', [first.id]);
    expect(rowCount).toBe(1);
  });

  it('stays in the trash when it does not fit any more', async () => {
    const user = await somebody({ quotaBytes: 1_000 });
    const { id } = await make(user, 'Large', { package: Buffer.alloc(900) });
    await deleteExecutor({ ...user, id });
    await push(user, Buffer.alloc(500), { name: 'docs' });
    await expect(restoreExecutor({ ...user, id })).rejects.toMatchObject({ kind: 'over-quota' });
    expect(await books(user)).toMatchObject({ usedBytes: 500 });
  });

  it('keeps the name for everybody while it is in the trash, where only its owner’s next push may take it', async () => {
    const [user, other] = [await somebody(), await somebody()];
    const id = `Shared${user.caller.name}`;
    const made = await pushFolder(user, PLAIN_EXECUTOR, { id }, 'create');
    await deleteExecutor({ ...user, id: made.result?.id ?? '' });
    const theirs = await pushFolder(other, PLAIN_EXECUTOR, { id }, 'create');
    expect(theirs.task.failure).toMatchObject({ kind: 'name-taken' });
    const restored = await restoreExecutor({ ...user, id: made.result?.id ?? '' });
    expect(restored).toMatchObject({ legacyName: id });
    await deleteExecutor({ ...user, id: restored.id });
    const again = await pushFolder(user, PLAIN_EXECUTOR, { id }, 'create');
    expect(again.result).toMatchObject({ name: id, isNew: true });
  });

  it('is gone for good after seven days, with its bytes, and no sooner', async () => {
    const user = await somebody();
    const { id, blobId } = await make(user, 'Old');
    const kept = await make(user, 'Kept');
    await deleteExecutor({ ...user, id });
    expect(await purgeExecutorTrash(inDays(6.9), SERVER)).toBe(0);
    expect(await blobState(blobId)).toBe('committed');
    expect(await purgeExecutorTrash(inDays(7.1), SERVER)).toBe(1);
    expect(await blobState(blobId)).toBe('doomed');
    expect(await blobState(kept.blobId)).toBe('committed');
    await expect(restoreExecutor({ ...user, id })).rejects.toMatchObject({ kind: 'not-found' });
    expect(await holdingsOf(user.caller)).toMatchObject({ executors: 1, publicExecutors: 0 });
  });

  it('is deleted for good by its owner alone, and only from the trash', async () => {
    const [user, other] = [await somebody(), await somebody()];
    const { id, blobId } = await make(user, 'Mine');
    expect(await purgeExecutors({ ...user, ids: [id] })).toBe(0);
    await deleteExecutor({ ...user, id });
    expect(await purgeExecutors({ ...other, ids: [id] })).toBe(0);
    await expect(restoreExecutor({ ...other, id })).rejects.toMatchObject({ kind: 'not-found' });
    expect(await purgeExecutors({ ...user, ids: [id, id] })).toBe(1);
    expect(await blobState(blobId)).toBe('doomed');
  });

  it('leaves a package that a task still has to read', async () => {
    const user = await somebody();
    const { id, blobId } = await make(user, 'Mine');
    await pool().query(
      `INSERT INTO task (id, kind, namespace_id, input, request_id, blob_id)
       VALUES ($1, 'executor.push', $2, '{}', 'r', $3)`,
      [`task-${id}`, user.caller.namespaceId, blobId],
    );
    await deleteExecutor({ ...user, id });
    await purgeExecutors({ ...user, ids: [id] });
    expect(await blobState(blobId)).toBe('committed');
  });
});

describe('who may change an Executor', () => {
  it('is its owner, within the names of their token', async () => {
    const [user, other] = [await somebody(), await somebody()];
    const { id } = await make(user, 'Encoder');
    const set = (who: TestUser, ref: string, visibility: 'public' | 'private') =>
      setExecutorVisibility({ ...who, id: ref, visibility, clock });
    await expect(set(other, id, 'public')).rejects.toMatchObject({ kind: 'not-found' });
    expect(await set(user, `${user.caller.name}/Encoder`, 'public')).toMatchObject({ visibility: 'public' });
    await expect(set(other, id, 'private')).rejects.toMatchObject({ kind: 'not-allowed' });
    const limited = { ...user, caller: { ...user.caller, namePattern: 'other-*' } };
    await expect(set(limited, id, 'private')).rejects.toMatchObject({ kind: 'not-found' });
    expect(await set(user, `${user.caller.name}/${id}`, 'private')).toMatchObject({ visibility: 'private' });
  });
});
