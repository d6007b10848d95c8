import { pool } from '#lib/db/pool.ts';
import { newExecutorId } from '#lib/executors/names.ts';
import type { PushOrder } from '#lib/executors/push-order.ts';
import { requireMovableTags } from '#lib/executors/push-tags.ts';
import { newId } from '#lib/ids.ts';
import { platformAmong } from '#lib/images/platform.ts';

/** Where a push will land, unless something else changes in the meantime. */
export interface CommitPlan {
  /** Of the Executor that is there, or that will be made. */
  executorId: string;
  commitId: string;
  /** Whether there is a commit of this very content, which the push then only tags. */
  isSame: boolean;
  /** Whether that has an image already, of the wanted platform. */
  hasImage: boolean;
  /** The first image of that commit, which is called by the commit; one of another platform is built beside it. */
  firstImage: FirstImage | null;
}

interface FirstImage {
  /** The version of jina that it is for; those beside it are for the same. */
  jinaVersion: string | null;
}

interface PlanOptions {
  order: PushOrder;
  namespaceId: string;
  name: string;
  contentDigest: string;
}

interface Found {
  executorId: string;
  commitId: string | null;
  firstImage: FirstImage | null;
  hasImage: boolean;
}

const SAME = `
  SELECT e.id AS "executorId", c.id AS "commitId",
    CASE WHEN first.id IS NOT NULL THEN json_build_object('jinaVersion', first.jina_version) END AS "firstImage",
    EXISTS (SELECT FROM executor_image i WHERE i.commit_id = first.commit_id AND i.platform = coalesce($5, first.platform)
      AND i.jina_version IS NOT DISTINCT FROM first.jina_version) AS "hasImage"
  FROM executor e
    LEFT JOIN LATERAL (
      SELECT id FROM executor_commit c WHERE c.executor_id = e.id AND c.content_digest = $4 ORDER BY number DESC LIMIT 1
    ) c ON true
    LEFT JOIN executor_image first ON first.commit_id = c.id AND first.tag = c.id
  WHERE e.deleted_at IS NULL AND CASE WHEN $1::text IS NULL THEN e.namespace_id = $2 AND e.name = $3 ELSE e.id = $1 END`;

/**
 * Finds out where a push will land, before its image is built: that is called by the Executor and the commit. Without the cache
 * what has an image already gets another commit, since the image of a commit never changes. An image of a platform that the commit has
 * none of is built beside those that it has.
 * @throws Fault `not-allowed` for a protected tag, which no build will move.
 */
export async function planCommit(options: PlanOptions): Promise<CommitPlan> {
  const { order, namespaceId, name, contentDigest } = options;
  const platform = platformAmong(order.platforms);
  const { rows } = await pool().query<Found>(SAME, [
    order.targetId,
    namespaceId,
    name,
    contentDigest,
    platform,
  ]);
  const found = rows[0];
  const isSame = Boolean(found?.commitId) && !(order.noCache && found?.hasImage);
  const commitId = (isSame && found?.commitId) || newId();
  if (found) await requireMovableTags(pool(), { executorId: found.executorId, commitId, order });
  return {
    executorId: found?.executorId ?? order.targetId ?? newExecutorId(),
    commitId,
    isSame,
    hasImage: isSame && (found?.hasImage ?? false),
    firstImage: isSame ? (found?.firstImage ?? null) : null,
  };
}
