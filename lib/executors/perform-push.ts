import { ProvisionalBlob } from '#lib/blobs/provisional.ts';
import { blobStore } from '#lib/blobs/store.ts';
import { pool } from '#lib/db/pool.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import { requireQuotaLeft } from '#lib/executors/charge.ts';
import {
  asExecutorNameTaken,
  type CommittedPush,
  commitPush,
  PlanChanged,
} from '#lib/executors/commit-push.ts';
import { requireExecutorName } from '#lib/executors/names.ts';
import { planCommit } from '#lib/executors/plan-commit.ts';
import { type PushOrder, pushOrder } from '#lib/executors/push-order.ts';
import type { PushResult } from '#lib/executors/push-result.ts';
import { readPackage, versionOf } from '#lib/executors/read-package.ts';
import { storePackage } from '#lib/executors/store-package.ts';
import { type ImageMaker, type ImagePlan, type NewImage, noImages } from '#lib/images/image.ts';
import { imageLabels } from '#lib/images/labels.ts';
import type { Normalised } from '#lib/normaliser/types.ts';
import { type OpenPackage, openPackage } from '#lib/packages/open.ts';
import { PackageError } from '#lib/packages/package-error.ts';
import { announceEnd, endTask } from '#lib/tasks/end.ts';
import type { ClaimedTask } from '#lib/tasks/task.ts';
import type { Work, Worker } from '#lib/tasks/work.ts';
import { requireNameWithin } from '#lib/tokens/name-pattern.ts';

/** The event that begins and ends a push. */
const SUBJECT = 'createExecutor';

async function openUpload(task: ClaimedTask): Promise<OpenPackage> {
  const { rows } = await pool().query<{ store: string; sizeBytes: number }>(
    'SELECT store, size_bytes::float8 AS "sizeBytes" FROM blob WHERE id = $1',
    [task.blobId],
  );
  const blob = rows[0];
  const key = task.blobId;
  if (!blob || !key) throw new Error(`the upload of task ${task.id} is gone`);
  const { store, sizeBytes } = blob;
  return openPackage({ sizeBytes, read: (start, end) => blobStore(store).read(key, start, end) });
}

/** What is wrong with a zip, in the words of the domain. */
function asFault(error: unknown): unknown {
  return error instanceof PackageError ? new Fault(error.kind, error.message, { cause: error }) : error;
}

/** The name that the push gave, or that the package gives itself. */
function nameOf(task: ClaimedTask, normalised: Normalised, order: PushOrder): string {
  const name = requireExecutorName(task.name ?? normalised.meta.name ?? normalised.className);
  // One that its secret opens is somebody else's, whom no pattern of the pusher's concerns.
  if (order.actor.caller && order.targetId === null) requireNameWithin(order.namePattern, name);
  return name;
}

function messageOf({ name, commitNumber, tags, isNew }: CommittedPush, hasNewImage: boolean): string {
  const where = `commit ${commitNumber} of ${name}, tagged ${tags.join(', ')}`;
  if (hasNewImage && !isNew) return `Built the image of ${where}.`;
  return isNew ? `Pushed ${where}.` : `Nothing has changed: this content is ${where}, already.`;
}

async function slugOf(namespaceId: string): Promise<string> {
  const { rows } = await pool().query<{ slug: string }>('SELECT slug FROM namespace WHERE id = $1', [
    namespaceId,
  ]);
  if (!rows[0]) throw new Error(`namespace ${namespaceId} is gone`);
  return rows[0].slug;
}

type Landing = Pick<Parameters<typeof commitPush>[1], 'order' | 'name' | 'package' | 'plan' | 'image'>;

/** Everything that a push changes, in one transaction with the end of its task. */
async function commit({ task, log }: Work, landing: Landing): Promise<CommittedPush> {
  const { namespaceId, id: taskId } = task;
  const { order, image } = landing;
  const namespace = await slugOf(namespaceId);
  await log.flush();
  const committed = await transaction(async (client) => {
    const done = await commitPush(client, { ...landing, namespaceId, namespace, taskId });
    const result: PushResult = {
      id: done.executorId,
      name: done.name,
      visibility: done.visibility,
      owner: order.actor.caller ? namespace : null,
      commit: done.commitId,
      tags: done.tags,
      isNew: done.isNew,
    };
    const message = messageOf(done, image !== null);
    const last = log.number({ type: 'complete', subject: SUBJECT, message, payload: result });
    await endTask(client, task, { result, executorId: done.executorId, name: done.name }, [last]);
    return done;
  });
  await announceEnd(task);
  return committed;
}

/** What the image of a push is built from. */
function imagePlan(
  work: Work,
  folder: Folder,
  { name, package: stored, plan }: Omit<Landing, 'image'>,
): ImagePlan {
  const { order, pkg, normalised } = folder;
  const { executorId, commitId, firstImage } = plan;
  return {
    executorId,
    tag: firstImage ? `${commitId}-${work.task.id}` : commitId,
    pkg,
    changes: normalised.changes,
    dockerfile: order.dockerfile ?? 'Dockerfile',
    buildArgs: {},
    buildEnv: (work.secrets ?? {}) as Record<string, string>,
    labels: imageLabels({ name, commitId, meta: stored.meta }),
    platforms: order.platforms,
    jinaVersion: firstImage ? firstImage.jinaVersion : versionOf(order.client.jina),
    noCache: order.noCache,
  };
}

/** A package that was read, with what it was pushed for. */
interface Folder {
  order: PushOrder;
  pkg: OpenPackage;
  normalised: Normalised;
}

async function storeAndCommit(work: Work, folder: Folder, makeImage: ImageMaker): Promise<void> {
  const { task, log } = work;
  const { order, pkg, normalised } = folder;
  const { namespaceId } = task;
  const name = nameOf(task, normalised, order);
  const blob = await ProvisionalBlob.reserve({ namespaceId, announcedBytes: 0 });
  // Whether it is new is known when it is stored; a push that grows nothing fits into every quota.
  blob.allowanceBytes = Number.POSITIVE_INFINITY;
  try {
    const stored = await storePackage(blob, pkg, normalised, order);
    const land = async (isLastTry: boolean): Promise<void> => {
      const plan = await planCommit({ order, namespaceId, name, contentDigest: stored.contentDigest });
      const landing = { order, name, package: stored, plan };
      const finish = async (image: NewImage | null) => {
        log.subject = SUBJECT;
        const done = await commit(work, { ...landing, image });
        if (!done.isNew) await blob.discard();
      };
      try {
        if (plan.hasImage) return await finish(null);
        if (!plan.isSame) await requireQuotaLeft(namespaceId);
        await makeImage(imagePlan(work, folder, landing), work, finish);
      } catch (error) {
        // Of two pushes of a new name that only their packages knew, the other one was first.
        if (isLastTry || !(error instanceof PlanChanged)) throw error;
        await land(true);
      }
    };
    await land(false);
  } catch (error) {
    await blob.discard();
    throw asExecutorNameTaken(error);
  } finally {
    blob.release();
  }
}

/**
 * The work of a push: checks the zip, reads it, stores the normalised package, has an image built where this server builds
 * any, and makes it the Executor's newest commit.
 */
export function pushWorker(makeImage: ImageMaker): Worker {
  return async (work) => {
    const { task, log, signal } = work;
    const order = pushOrder.parse(task.input);
    try {
      log.tell({ type: 'init', subject: SUBJECT });
      log.tell({ type: 'start', subject: 'extractZip' });
      const pkg = await openUpload(task);
      log.tell({ type: 'done', subject: 'extractZip' });
      log.tell({ type: 'start', subject: 'normalize' });
      const normalised = await readPackage(pkg, { ...order, signal });
      for (const message of normalised.warnings) log.tell({ type: 'warning', subject: 'normalize', message });
      log.tell({ type: 'done', subject: 'normalize' });
      // A build is work that somebody has to answer for.
      const maker = order.actor.caller === null ? noImages : makeImage;
      await storeAndCommit(work, { order, pkg, normalised }, maker);
    } catch (error) {
      throw asFault(error);
    }
  };
}
