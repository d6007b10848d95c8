import { pool } from '#lib/db/pool.ts';
import { newExecutorId } from '#lib/executors/names.ts';
import type { PushOrder } from '#lib/executors/push-order.ts';
import { requireMovableTags } from '#lib/executors/push-tags.ts';
import { newId } from '#lib/ids.ts';

/** Where a push will land, unless something else changes in the meantime. */
export interface CommitPlan {
  /** Of the Executor that is there, or that will be made. */
  executorId: string;
  commitId: string;
  /** Whether there is a commit of this very content, which the push then only tags. */
  isSame: boolean;
  /** Whether that has an image already. */
  hasImage: boolean;
}

interface PlanOptions {
  order: PushOrder;
  namespaceId: string;
  name: string;
  contentDigest: string;
}

const SAME = `
  SELECT e.id AS "executorId", c.id AS "commitId",
    EXISTS (SELECT FROM executor_image i WHERE i.commit_id = c.id AND i.tag = c.id) AS "hasImage"
  FROM executor e
    LEFT JOIN LATERAL (
      SELECT id FROM executor_commit c WHERE c.executor_id = e.id AND c.content_digest = $4 ORDER BY number DESC LIMIT 1
    ) c ON true
  WHERE e.deleted_at IS NULL AND CASE WHEN $1::text IS NULL THEN e.namespace_id = $2 AND e.name = $3 ELSE e.id = $1 END`;

/**
 * Finds out where a push will land, before its image is built: that is called by the Executor and the commit. Without the cache
 * what has an image already gets another commit, since the image of a commit never changes.
 * @throws Fault `not-allowed` for a protected tag, which no build will move.
 */
export async function planCommit(options: PlanOptions): Promise<CommitPlan> {
  const { order, namespaceId, name, contentDigest } = options;
  const { rows } = await pool().query<{ executorId: string; commitId: string | null; hasImage: boolean }>(
    SAME,
    [order.targetId, namespaceId, name, contentDigest],
  );
  const found = rows[0];
  const isSame = Boolean(found?.commitId) && !(order.noCache && found?.hasImage);
  const commitId = (isSame && found?.commitId) || newId();
  if (found) await requireMovableTags(pool(), { executorId: found.executorId, commitId, order });
  return {
    executorId: found?.executorId ?? order.targetId ?? newExecutorId(),
    commitId,
    isSame,
    hasImage: isSame && (found?.hasImage ?? false),
  };
}
