import { describe, expect, it } from 'vitest';
import { getDownload } from '#lib/artifacts/get-download-url.ts';
import { blobStore } from '#lib/blobs/store.ts';
import { verifyBlobs } from '#lib/blobs/verify.ts';
import { DAY_MS, systemClock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { runHousekeeping, withHousekeepingLock } from '#lib/housekeeping/run.ts';
import { makeUser, push } from '#lib/testing/domain.ts';

const inDays = (days: number) => ({ now: () => new Date(Date.now() + days * DAY_MS) });

async function findings(): Promise<string[]> {
  const problems: string[] = [];
  for await (const { blob, problem } of verifyBlobs({ checked: 0 })) problems.push(`${blob}: ${problem}`);
  return problems;
}

describe('the housekeeping', () => {
  it('runs in one process at a time', async () => {
    const second = await withHousekeepingLock(() => runHousekeeping(systemClock));
    expect(second).toBeNull();
    expect(await runHousekeeping(systemClock)).not.toBeNull();
  });

  it('lets go of its lock when the work fails', async () => {
    await expect(withHousekeepingLock(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await runHousekeeping(systemClock)).not.toBeNull();
  });

  it('turns old pull records into counts without person and address', async () => {
    const user = await makeUser({ retentionDays: null });
    const row = await push(user, Buffer.from('x'), { name: 'a' });
    for (let i = 0; i < 3; i++)
      await getDownload({
        ref: { id: row.id },
        origin: { ...user.origin, client: 'docarray' },
        clock: systemClock,
      });
    const count = async (table: string) => {
      const { rows } = await pool().query(`SELECT * FROM ${table} WHERE artifact_id = $1`, [row.id]);
      return rows;
    };
    await expect.poll(() => count('download')).toHaveLength(3);
    await runHousekeeping(inDays(100));
    expect(await count('download')).toEqual([]);
    expect(await count('download_day')).toMatchObject([{ version_number: 1, client: 'docarray', count: 3 }]);
  });

  it('expires, empties the trash, sweeps and leaves a store that verifies', async () => {
    const user = await makeUser();
    const gone = await push(user, Buffer.from('gone'), { name: 'gone' });
    await runHousekeeping(inDays(8));
    await runHousekeeping(inDays(14));
    expect(await blobStore().head(gone.blobId)).not.toBeNull();
    await runHousekeeping(inDays(15));
    await runHousekeeping(inDays(16));
    expect(await blobStore().head(gone.blobId)).toBeNull();
    const kept = await push(user, Buffer.from('kept'), { name: 'kept' });
    expect(await findings()).toEqual([]);
    await blobStore().delete(kept.blobId);
    expect(await findings()).toEqual([`${kept.blobId}: missing`]);
    await blobStore().put('f'.repeat(24), (async function* () {})());
    expect(await findings()).toContain(`${'f'.repeat(24)}: no row`);
  });
});
