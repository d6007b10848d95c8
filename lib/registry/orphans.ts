import { HOUR_MS } from '#lib/clock.ts';
import { pool } from '#lib/db/pool.ts';
import { digestOf, listRepositories, listTags } from '#lib/registry/client.ts';
import { doomManifests, type StoredManifest } from '#lib/registry/doomed.ts';
import { executorOf } from '#lib/registry/reference.ts';

/** How long something stays that no row has: long enough for any push to end whose locks were lost. */
const DELAY_MS = 6 * HOUR_MS;

/** Those of its images, and of what signs them (lib/signatures/manifest.ts). */
async function knownTags(executorId: string): Promise<Set<string>> {
  const { rows } = await pool().query<{ tag: string }>(
    `SELECT tag FROM executor_image WHERE executor_id = $1
     UNION SELECT replace(digest, ':', '-') || '.sig' FROM executor_image_signature WHERE executor_id = $1`,
    [executorId],
  );
  return new Set(rows.map(({ tag }) => tag));
}

async function orphansIn(repository: string): Promise<StoredManifest[]> {
  const executorId = executorOf(repository);
  // What somebody else keeps in the same registry is theirs.
  if (!executorId) return [];
  // In this order: a push that ends in between has its row by then.
  const tags = await listTags(repository);
  const known = tags.length > 0 ? await knownTags(executorId) : new Set();
  const found: StoredManifest[] = [];
  for (const tag of tags.filter((one) => !known.has(one))) {
    const digest = await digestOf(repository, tag);
    if (digest) found.push({ repository, digest });
  }
  return found;
}

/**
 * Dooms images and signatures that are in the registry and in no row, as a worker leaves them that dies between push and commit. They are
 * deleted hours later, if no row has them then either.
 * @returns how many were found.
 * @throws Fault `unavailable` when the registry does not answer.
 */
export async function doomOrphans(): Promise<number> {
  let count = 0;
  for await (const repository of listRepositories()) {
    const orphans = await orphansIn(repository);
    await doomManifests(pool(), orphans, DELAY_MS);
    count += orphans.length;
  }
  return count;
}
