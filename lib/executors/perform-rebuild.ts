import type pg from 'pg';
import { insertAudit } from '#lib/audit/record.ts';
import { blobStore } from '#lib/blobs/store.ts';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { chargeGrowth } from '#lib/executors/charge.ts';
import { type RebuildOrder, rebuildOrder } from '#lib/executors/order-rebuild.ts';
import type { PushResult } from '#lib/executors/push-result.ts';
import { versionOf } from '#lib/executors/read-package.ts';
import type { ImageMaker, ImagePlan, NewImage } from '#lib/images/image.ts';
import { insertImage } from '#lib/images/insert.ts';
import { imageLabels } from '#lib/images/labels.ts';
import { type OpenPackage, openPackage } from '#lib/packages/open.ts';
import { announceEnd, endTask } from '#lib/tasks/end.ts';
import type { Work, Worker } from '#lib/tasks/work.ts';

/** What a rebuild reads of its commit. */
interface Commit {
  name: string;
  namespace: string;
  visibility: 'public' | 'private';
  number: number;
  blobId: string;
  store: string;
  sizeBytes: number;
  dockerfile: string;
  description: string | null;
  url: string | null;
  jina: string | null;
  tags: string[];
}

const COMMIT = `
  SELECT e.name, n.slug AS namespace, e.visibility, c.number, c.blob_id AS "blobId", b.store,
    c.size_bytes::float8 AS "sizeBytes", c.facts->>'dockerfile' AS dockerfile, e.description, e.url,
    c.client->>'jina' AS jina,
    ARRAY(SELECT t.name FROM executor_tag t WHERE t.commit_id = c.id ORDER BY t.name) AS tags
  FROM executor e JOIN namespace n ON n.id = e.namespace_id JOIN executor_commit c ON c.executor_id = e.id
    JOIN blob b ON b.id = c.blob_id
  WHERE e.id = $1 AND c.id = $2 AND e.deleted_at IS NULL`;

/** @throws Fault `not-found` when it was deleted since. */
async function readCommit(
  client: Pick<pg.ClientBase, 'query'>,
  { executorId, commitId }: RebuildOrder,
  lock = '',
): Promise<Commit> {
  const { rows } = await client.query<Commit>(COMMIT + lock, [executorId, commitId]);
  if (rows[0]) return rows[0];
  throw new Fault('not-found', 'The Executor was deleted before its image was built.');
}

/** The Dockerfile with another jina put over whatever its steps installed: those above come out of the cache. */
async function changesFor(
  pkg: OpenPackage,
  dockerfile: string,
  jina: string | null,
): Promise<Map<string, string>> {
  if (jina === null) return new Map();
  const text = new TextDecoder().decode(await pkg.text(dockerfile));
  return new Map([[dockerfile, `${text}\n\nRUN pip install --no-cache-dir "jina==${jina}"\n`]]);
}

async function planFor({ task, secrets }: Work, order: RebuildOrder): Promise<ImagePlan> {
  const commit = await readCommit(pool(), order);
  const { name, blobId, store, sizeBytes, dockerfile, description, url } = commit;
  const pkg = await openPackage({
    sizeBytes,
    read: (start, end) => blobStore(store).read(blobId, start, end),
  });
  return {
    executorId: order.executorId,
    tag: `${order.commitId}-${task.id}`,
    pkg,
    changes: await changesFor(pkg, dockerfile, order.jina),
    dockerfile,
    buildArgs: {},
    buildEnv: (secrets ?? {}) as Record<string, string>,
    labels: imageLabels({ name, commitId: order.commitId, meta: { description, url } }),
    platforms: [],
    jinaVersion: order.jina ?? versionOf(commit.jina ?? undefined),
    // The same again is wanted for what has changed below: its base image, and what pip finds.
    noCache: order.jina === null,
  };
}

async function commitRebuild({ task, log }: Work, order: RebuildOrder, image: NewImage): Promise<void> {
  const { executorId, commitId } = order;
  await log.flush();
  await transaction(async (client) => {
    const commit = await readCommit(client, order, ' FOR UPDATE OF e');
    const { name, namespace, visibility, number, tags } = commit;
    const bytes = await insertImage(client, { executorId, commitId, taskId: task.id }, image);
    await client.query('UPDATE executor SET size_bytes = size_bytes + $2 WHERE id = $1', [executorId, bytes]);
    const detail = { id: executorId, commit: commitId, jina: order.jina, sizeBytes: bytes };
    await insertAudit(client, order.actor, { action: 'executor.rebuild', target: name, namespace, detail });
    await chargeGrowth(client, task.namespaceId, bytes);
    const result: PushResult = {
      ...{ id: executorId, name, visibility, owner: namespace, commit: commitId, isNew: false },
      tags: tags.length > 0 ? tags : ['latest'],
    };
    const message = `Built the image of commit ${number} of ${name} once more.`;
    const last = log.number({ type: 'complete', subject: 'createExecutor', message, payload: result });
    await endTask(client, task, { result }, [last]);
  });
  await announceEnd(task);
}

/** The work of a rebuild: the stored package, built once more, becomes the newest image of its commit. */
export function rebuildWorker(makeImage: ImageMaker): Worker {
  return async (work) => {
    const order = rebuildOrder.parse(work.task.input);
    work.log.tell({ type: 'init', subject: 'createExecutor' });
    await makeImage(await planFor(work, order), work, async (image) => {
      if (!image) throw new Fault('not-allowed', 'This server builds no images.');
      work.log.subject = 'createExecutor';
      await commitRebuild(work, order, image);
    });
  };
}
