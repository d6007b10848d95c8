import type pg from 'pg';
import type { Clock } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { deleteManifest } from '#lib/registry/client.ts';
import { withRepositoryStill } from '#lib/registry/lock.ts';
import { executorOf } from '#lib/registry/reference.ts';

/** The manifest of an image, or of the signatures of one, in the registry. */
export interface StoredManifest {
  repository: string;
  /** `sha256:…` */
  digest: string;
}

/** Manifests that one run deletes. */
const BATCH = 500;

/**
 * Writes down that manifests are to be deleted, in the transaction that deletes their images' rows.
 * @param delayMs how long they stay at least.
 */
export async function doomManifests(
  client: Pick<pg.ClientBase, 'query'> | pg.Pool,
  manifests: StoredManifest[],
  delayMs = 0,
): Promise<void> {
  if (manifests.length === 0) return;
  const columns = [manifests.map(({ repository }) => repository), manifests.map(({ digest }) => digest)];
  await client.query(
    `INSERT INTO doomed_manifest AS had (repository, digest, doomed_at)
     SELECT repository, digest, now() + $3 * interval '1 ms' FROM unnest($1::text[], $2::text[]) AS new (repository, digest)
     ON CONFLICT (repository, digest) DO UPDATE SET doomed_at = least(had.doomed_at, excluded.doomed_at)`,
    [...columns, delayMs],
  );
}

/** The same manifest may have been pushed again since: a build that changes nothing gives the same bytes. */
async function isNeeded({ repository, digest }: StoredManifest): Promise<boolean> {
  const { rowCount } = await pool().query(
    `SELECT FROM executor_image WHERE executor_id = $1 AND digest = $2
     UNION ALL SELECT FROM executor_image_signature WHERE executor_id = $1 AND manifest_digest = $2 LIMIT 1`,
    [executorOf(repository), digest],
  );
  return rowCount !== 0;
}

async function remove(manifest: StoredManifest): Promise<boolean> {
  const isUnneeded = !(await isNeeded(manifest));
  if (isUnneeded) await deleteManifest(manifest.repository, manifest.digest);
  const { repository, digest } = manifest;
  await pool().query('DELETE FROM doomed_manifest WHERE repository = $1 AND digest = $2', [
    repository,
    digest,
  ]);
  return isUnneeded;
}

/** One that cannot be deleted now keeps no other one. */
async function putBack({ repository, digest }: StoredManifest): Promise<void> {
  const text = `UPDATE doomed_manifest SET doomed_at = now() + interval '1 hour' WHERE repository = $1 AND digest = $2`;
  await pool().query(text, [repository, digest]);
}

/**
 * Deletes manifests that are doomed, and nothing that an image's row still has. One whose repository is pushed into right
 * now is left for the next time. A manifest goes whole or not at all, so whoever pulls it has it all or is told.
 * @returns how many were deleted.
 * @throws Fault `unavailable` when the registry refuses one or does not answer; those rows stay, and come later.
 */
export async function removeDoomedManifests(clock: Clock): Promise<number> {
  const { rows } = await pool().query<StoredManifest>(
    'SELECT repository, digest FROM doomed_manifest WHERE doomed_at <= $1 ORDER BY doomed_at LIMIT $2',
    [clock.now(), BATCH],
  );
  let removed = 0;
  let failure: unknown;
  for (const row of rows) {
    const isRemoved = await withRepositoryStill(row.repository, () => remove(row)).catch(async (error) => {
      failure ??= error;
      await putBack(row);
    });
    if (isRemoved) removed += 1;
  }
  if (failure) throw failure;
  return removed;
}
