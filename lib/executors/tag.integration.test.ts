import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock as clock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { deleteTag, setTag } from '#lib/executors/tag.ts';
import { makeUser, type TestUser } from '#lib/testing/domain.ts';
import { insertExecutor, insertNextCommit, type MadeExecutor } from '#lib/testing/executors.ts';

let user: TestUser;
let executor: MadeExecutor;
let newer: string;

beforeAll(async () => {
  user = await makeUser();
  const { namespaceId } = user.caller;
  const client = await pool().connect();
  executor = await insertExecutor(client, { namespaceId, name: 'Encoder' });
  client.release();
  newer = await insertNextCommit(pool(), { namespaceId, executorId: executor.id, package: Buffer.from('2') });
});

const set = (tag: string, change: { commit?: string; isProtected?: boolean }) =>
  setTag({ ...user, clock, id: executor.id, tag, ...change });
const remove = (tag: string) => deleteTag({ ...user, clock, id: executor.id, tag });

describe('a tag', () => {
  it('is made, moved and deleted', async () => {
    expect(await set('v1', { commit: executor.commitId })).toMatchObject({ isProtected: false });
    expect(await set('v1', { commit: newer })).toMatchObject({ commitId: newer });
    expect(await remove('v1')).toEqual({ id: executor.id, tag: 'v1' });
    await expect(remove('v1')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('never moves and is never deleted while it is protected', async () => {
    await set('v2', { commit: executor.commitId, isProtected: true });
    await expect(set('v2', { commit: newer })).rejects.toMatchObject({ kind: 'not-allowed' });
    await expect(set('v2', { commit: newer, isProtected: false })).rejects.toMatchObject({
      kind: 'not-allowed',
    });
    await expect(remove('v2')).rejects.toMatchObject({ kind: 'not-allowed' });
    expect(await set('v2', { commit: executor.commitId })).toMatchObject({ isProtected: true });
    await set('v2', { isProtected: false });
    expect(await set('v2', { commit: newer })).toMatchObject({ commitId: newer });
  });

  it.each(['', '.hidden', '-dash', 'a/b', 'a b', 'a\\b', 'ä', 'x'.repeat(129), 'nul\0'])(
    'cannot be %j',
    async (tag) => {
      await expect(set(tag, { commit: newer })).rejects.toMatchObject({ kind: 'invalid' });
      await expect(remove(tag)).rejects.toMatchObject({ kind: 'not-found' });
    },
  );

  it('points to a commit of its own Executor', async () => {
    const client = await pool().connect();
    const other = await insertExecutor(client, { namespaceId: user.caller.namespaceId, name: 'Other' });
    client.release();
    for (const commit of [other.commitId, '0'.repeat(24), 'nothing', '\0'])
      await expect(set('v3', { commit })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(set('v3', {})).rejects.toMatchObject({ kind: 'not-found' });
  });
});
