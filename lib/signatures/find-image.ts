import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { isTag } from '#lib/executors/names.ts';
import { registryHost, repositoryOf } from '#lib/registry/reference.ts';
import type { Claim } from '#lib/signatures/payload.ts';

/** Which image a signature is meant for; neither: that of which its payload speaks. */
export interface ImageRef {
  /** Of the Executor, or of one of its images. */
  tag?: string;
  /** `sha256:…` */
  digest?: string;
}

const DIGESTS = `
  SELECT DISTINCT digest FROM executor_image i WHERE executor_id = $1 AND ($3::text IS NULL OR digest = $3)
    AND ($2::text IS NULL OR tag = $2 OR commit_id =
      (SELECT commit_id FROM executor_tag t WHERE t.executor_id = $1 AND t.name = $2))`;

async function digestsOf(executorId: string, { tag, digest }: ImageRef): Promise<string[]> {
  if (tag !== undefined && !isTag(tag)) return [];
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) return [];
  const values = [executorId, tag ?? null, digest ?? null];
  const { rows } = await pool().query<{ digest: string }>(DIGESTS, values);
  return rows.map((row) => row.digest);
}

/**
 * Sees that what was signed is the image that is meant.
 * @throws Fault `not-found` when the Executor has no such image, `invalid` when the payload speaks of something else.
 */
export async function requireSameImage(executorId: string, ref: ImageRef, claim: Claim): Promise<void> {
  const digests = await digestsOf(executorId, ref);
  if (digests.length === 0)
    throw new Fault('not-found', 'This Executor has no such image. Look at its page for its images.');
  if (!digests.includes(claim.digest))
    throw new Fault(
      'invalid',
      'The payload is about another image: its docker-manifest-digest is none of this one. Sign the digest that the page shows.',
    );
  const own = `${registryHost()}/${repositoryOf(executorId)}`;
  if (claim.repository !== null && claim.repository !== own)
    throw new Fault('invalid', `The payload’s docker-reference is not ${own}. Sign the image by this name.`);
}
