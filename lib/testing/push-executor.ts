import { createHash } from 'node:crypto';
import type { Origin } from '#lib/audit/record.ts';
import { pool } from '#lib/db/pool.ts';
import { pushWorker } from '#lib/executors/perform-push.ts';
import { type AcceptedPush, pushExecutor } from '#lib/executors/push.ts';
import type { ExecutorPushInput } from '#lib/executors/push-input.ts';
import { PUSH_TASK } from '#lib/executors/push-order.ts';
import type { PushResult } from '#lib/executors/push-result.ts';
import type { PushKind } from '#lib/executors/push-target.ts';
import { type ImageMaker, noImages } from '#lib/images/image.ts';
import type { TaskRow } from '#lib/tasks/find.ts';
import { followTask } from '#lib/tasks/follow.ts';
import type { TaskEventBody } from '#lib/tasks/task.ts';
import { startWorking } from '#lib/tasks/work.ts';
import { type Files, PLAIN_EXECUTOR, zipOf } from '#lib/testing/executor-zip.ts';

/** Sends a zip as a client would, with its MD5; the work is for `working`. */
async function sendExecutor(
  { origin }: { origin: Origin },
  zip: Buffer,
  input: ExecutorPushInput = {},
  kind: PushKind = 'push',
): Promise<AcceptedPush> {
  async function* body() {
    yield zip;
  }
  async function* parts() {
    yield { name: 'file', isFile: true, body: body(), text: async () => '' };
  }
  const md5sum = createHash('md5').update(zip).digest('hex');
  return pushExecutor({
    kind,
    origin,
    parts: parts(),
    parseFields: () => ({ md5sum, ...input }),
    announcedBytes: zip.length,
    client: { jina: '3.23.2', python: '3.11.2' },
  });
}

/** Has this process work on tasks while `body` runs. */
async function working<T>(makeImage: ImageMaker, body: () => Promise<T>): Promise<T> {
  const worker = startWorking({ [PUSH_TASK]: pushWorker(makeImage) });
  try {
    return await body();
  } finally {
    await worker.stop();
  }
}

/** A task as it ended, and everything that was told of it. */
export interface EndedTask {
  task: TaskRow;
  told: TaskEventBody[];
}

/** Waits for the end of a task. */
async function ended(taskId: string): Promise<EndedTask> {
  const told: TaskEventBody[] = [];
  let task: TaskRow | undefined;
  const { signal } = new AbortController();
  for await (const news of followTask(taskId, { replay: true, signal })) {
    if (news.kind === 'event') told.push(news.event.event);
    else if (news.kind === 'state') task = news.task;
  }
  if (!task) throw new Error('a task was followed that never was');
  return { task, told };
}

/** Pushes a folder to its end, without images unless there is who makes them; `result` is null where it failed. */
export async function pushFolder(
  user: { origin: Origin },
  files: Files = PLAIN_EXECUTOR,
  input: ExecutorPushInput = {},
  kind: PushKind = 'push',
  makeImage: ImageMaker = noImages,
): Promise<EndedTask & { result: PushResult | null; secret: string | null }> {
  const { taskId, secret } = await sendExecutor(user, await zipOf(files), input, kind);
  const end = await working(makeImage, () => ended(taskId));
  return { ...end, result: end.task.result as PushResult | null, secret };
}

/** What a namespace has of Executors, and what it is charged for. */
export async function executorBooks(namespaceId: string) {
  const { rows } = await pool().query<Record<string, number>>(
    `SELECT u.used_bytes::float8 AS "usedBytes", u.current_bytes::float8 AS "currentBytes",
       (SELECT coalesce(sum(c.size_bytes), 0) FROM executor_commit c JOIN executor e ON e.id = c.executor_id
         WHERE e.namespace_id = $1)::float8 AS "packageBytes",
       (SELECT count(*) FROM executor WHERE namespace_id = $1)::int AS executors,
       (SELECT count(*) FROM executor_commit c JOIN executor e ON e.id = c.executor_id
         WHERE e.namespace_id = $1)::int AS commits,
       (SELECT count(*) FROM blob WHERE namespace_id = $1 AND state <> 'doomed')::int AS blobs,
       (SELECT count(*) FROM task WHERE namespace_id = $1 AND ended_at IS NULL)::int AS "openTasks"
     FROM namespace_usage u WHERE u.namespace_id = $1`,
    [namespaceId],
  );
  if (!rows[0]) throw new Error('no such namespace');
  return rows[0];
}
