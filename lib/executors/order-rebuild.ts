import type pg from 'pg';
import { z } from 'zod';
import type { Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { transaction } from '#lib/db/transaction.ts';
import { env } from '#lib/env.ts';
import { Fault } from '#lib/errors.ts';
import { findOwnExecutor } from '#lib/executors/find-own.ts';
import { findPulled, type PulledExecutor } from '#lib/executors/get-package.ts';
import { actorOf, requireTurn } from '#lib/executors/order-push.ts';
import { pushOrder } from '#lib/executors/push-order.ts';
import { newId } from '#lib/ids.ts';
import { announceWork } from '#lib/notices/outbox.ts';
import { insertTask } from '#lib/tasks/create.ts';
import { seal } from '#lib/tasks/seal.ts';

/** What a rebuild asks for, as its task keeps it. */
export const rebuildOrder = z.object({
  executorId: z.string(),
  commitId: z.string(),
  /** The version of jina that the image is for; null: that for which it was pushed. */
  jina: z.string().nullable(),
  actor: pushOrder.shape.actor,
});

export type RebuildOrder = z.infer<typeof rebuildOrder>;

/** The kind of its task. */
export const REBUILD_TASK = 'executor.rebuild';

/** What pip takes behind `jina==`; nothing else stands in the line that installs it. */
const VERSION = /^\d+(\.\d+){1,3}((a|b|rc|\.dev|\.post)\d+)?$/;

/** Whether a text is a version of jina that an image can be built for. */
export function isJinaVersion(text: string): boolean {
  return VERSION.test(text) && text.length <= 32;
}

/** The same, asked for before and not done yet: the replicas of one Flow ask all at once. */
async function findSame(
  client: pg.ClientBase,
  { executorId, commitId, jina }: RebuildOrder,
): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM task WHERE executor_id = $1 AND kind = $2 AND ended_at IS NULL AND input->>'commitId' = $3
       AND input->>'jina' IS NOT DISTINCT FROM $4`,
    [executorId, REBUILD_TASK, commitId, jina],
  );
  return rows[0]?.id ?? null;
}

interface RebuildOf {
  caller: Caller;
  origin: Origin;
  pulled: PulledExecutor;
  jina?: string;
  /** Values of the variables of the build, which no push keeps. */
  buildEnv?: Record<string, string>;
}

/**
 * Has the image of a commit of the caller's built once more, for another version of jina if one is given.
 * @returns the id of the task.
 * @throws Fault `not-allowed` where no images are built, `invalid` for a version that is none, or values that are missing;
 *   `too-often`.
 */
export async function rebuildCommit({
  caller,
  origin,
  pulled,
  jina,
  buildEnv = {},
}: RebuildOf): Promise<string> {
  const { executor, commit } = pulled;
  if (env().IMAGES === 'off') throw new Fault('not-allowed', 'This server builds no images.');
  if (jina !== undefined && !isJinaVersion(jina))
    throw new Fault('invalid', 'This is no version of jina. Give one such as 3.23.2.');
  const missing = commit.buildEnv.find((name) => buildEnv[name] === undefined);
  if (missing !== undefined)
    throw new Fault(
      'invalid',
      `The build needs ${missing}, whose value no push keeps. Push the Executor again with --build-env.`,
    );
  const taskId = newId();
  const order: RebuildOrder = {
    executorId: executor.id,
    commitId: commit.id,
    jina: jina ?? null,
    actor: actorOf(origin),
  };
  const orderedId = await transaction(async (client) => {
    await requireTurn(client, executor.namespaceId);
    const same = await findSame(client, order);
    if (same) return same;
    await insertTask(client, {
      id: taskId,
      kind: REBUILD_TASK,
      namespaceId: executor.namespaceId,
      userId: caller.userId,
      executorId: executor.id,
      name: executor.name,
      input: order,
      sealed: Object.keys(buildEnv).length > 0 ? seal(buildEnv) : null,
      blobId: null,
      requestId: origin.requestId,
    });
    return taskId;
  });
  await announceWork();
  return orderedId;
}

interface RebuildOptions extends Omit<RebuildOf, 'pulled'> {
  id: string;
  tag?: string;
}

/**
 * The same by the name of the Executor and a tag; without one, of `latest`.
 * @throws as `rebuildCommit`; Fault `not-found`, `not-allowed` for what is somebody else's.
 */
export async function orderRebuild({ id, tag, ...options }: RebuildOptions): Promise<string> {
  const executor = await findOwnExecutor(options.caller, id);
  const pulled = await findPulled(options.origin, { id: executor.id, tag });
  return rebuildCommit({ ...options, pulled });
}
