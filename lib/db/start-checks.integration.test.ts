import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkServer } from '#lib/db/check-server.ts';
import { checkBlobFolder, checkFingerprint } from '#lib/db/fingerprint.ts';
import { migrate, requireMigrated } from '#lib/db/migrate.ts';
import { pool } from '#lib/db/pool.ts';
import { Refusal } from '#lib/refusal.ts';

const ours = process.env.DATABASE_URL ?? '';

/** A database without anything in it. */
async function createEmptyDatabase(): Promise<string> {
  const name = `test_empty_${randomBytes(6).toString('hex')}`;
  await pool().query(`CREATE DATABASE ${name}`);
  onTestFinished(async () => {
    await pool().query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  const url = new URL(ours);
  url.pathname = `/${name}`;
  return url.href;
}

describe('migrations', () => {
  it('are applied once by two that start at once', async () => {
    const url = await createEmptyDatabase();
    await expect(requireMigrated(url)).rejects.toThrow(Refusal);
    await Promise.all([migrate(url), migrate(url)]);
    await requireMigrated(url);
  });

  it('of a newer version are refused', async () => {
    await pool().query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('new', '', '9999_new', now())",
    );
    onTestFinished(async () => {
      await pool().query("DELETE FROM _prisma_migrations WHERE id = 'new'");
    });
    await expect(migrate(ours)).rejects.toThrow('9999_new');
  });
});

describe('a database', () => {
  it('remembers the AUTH_SECRET that it was first used with', async () => {
    await checkFingerprint(ours, 'the first');
    await checkFingerprint(ours, 'the first');
    await expect(checkFingerprint(ours, 'another')).rejects.toThrow(Refusal);
  });

  it('with a direct connection is accepted, and one that is not there is refused', async () => {
    await checkServer(ours);
    const url = new URL(ours);
    url.pathname = '/not_there';
    await expect(checkServer(url.href)).rejects.toThrow(
      /^DATABASE_URL cannot be connected to: .*"not_there"/,
    );
  });
});

it('a second server says so when its blobs on disk are not those of the first', async () => {
  expect(await checkBlobFolder(ours, 'first')).toBeNull();
  expect(await checkBlobFolder(ours, 'first')).toBeNull();
  expect(await checkBlobFolder(ours, 'second')).toMatch(/^Blobs: /);
});
