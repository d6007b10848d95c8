import type pg from 'pg';
import { insertAudit } from '#lib/audit/record.ts';
import { whyLost } from '#lib/blobs/provisional.ts';
import type { ReceivedBlob } from '#lib/blobs/receive.ts';
import { Fault } from '#lib/errors.ts';
import { chargeGrowth } from '#lib/executors/charge.ts';
import { type ClaimedExecutor, claimExecutor, nameTaken } from '#lib/executors/claim.ts';
import type { ExecutorFacts } from '#lib/executors/facts.ts';
import type { CommitPlan } from '#lib/executors/plan-commit.ts';
import type { PushOrder } from '#lib/executors/push-order.ts';
import { setPushedTags } from '#lib/executors/push-tags.ts';
import type { NewImage } from '#lib/images/image.ts';
import { insertImage } from '#lib/images/insert.ts';

/** A package that was checked, normalised and stored. */
export interface NewPackage {
  received: ReceivedBlob;
  /** Of the stored zip, hexadecimal. */
  md5: string;
  /** Over paths and contents, hexadecimal. */
  contentDigest: string;
  className: string;
  facts: ExecutorFacts;
  meta: { description: string | null; url: string | null; keywords: string[] };
  readme: string | null;
  buildEnv: string[];
}

/** What became of a push. */
export interface CommittedPush {
  executorId: string;
  name: string;
  visibility: 'public' | 'private';
  commitId: string;
  commitNumber: number;
  /** Of this commit, those of the push first. */
  tags: string[];
  /** False when the Executor had a commit of this content already. */
  isNew: boolean;
}

interface CommitOptions {
  order: PushOrder;
  namespaceId: string;
  /** The slug of that namespace. */
  namespace: string;
  name: string;
  package: NewPackage;
  plan: CommitPlan;
  /** Null: none was built. */
  image: NewImage | null;
  taskId: string;
}

interface SameCommit {
  id: string;
  number: number;
}

/** The commit that the plan found, if it is still there. */
async function findPlanned(client: pg.ClientBase, { plan }: CommitOptions): Promise<SameCommit | null> {
  if (!plan.isSame) return null;
  const { rows } = await client.query<SameCommit>(
    'SELECT id, number FROM executor_commit WHERE id = $1 AND executor_id = $2',
    [plan.commitId, plan.executorId],
  );
  if (!rows[0]) throw new PlanChanged();
  return rows[0];
}

/** What a push was planned for is not so any more: the Executor was made, deleted or replaced while its image was built. */
export class PlanChanged extends Fault {
  constructor() {
    super(
      'unavailable',
      'The Executor was deleted or replaced while this push was built, more than once. Push again.',
    );
  }
}

const INSERT = `
  WITH kept AS (
    UPDATE blob SET state = 'committed', size_bytes = $4, sha256 = $5, lease_until = NULL
    WHERE id = $3 AND state = 'provisional' AND NOT is_stopped RETURNING id
  )
  INSERT INTO executor_commit (id, executor_id, number, blob_id, size_bytes, sha256, md5, content_digest, class_name, facts,
    build_env, client, created_by_id)
  SELECT $1, $2, (SELECT coalesce(max(number), 0) + 1 FROM executor_commit WHERE executor_id = $2), kept.id, $4, $5, $6, $7,
    $8, $9, $10, $11, $12 FROM kept
  RETURNING number`;

async function insertCommit(
  client: pg.ClientBase,
  executor: ClaimedExecutor,
  { order, package: pkg, plan }: CommitOptions,
): Promise<SameCommit> {
  const { received } = pkg;
  const { rows } = await client.query<{ number: number }>(INSERT, [
    plan.commitId,
    executor.id,
    received.key,
    received.sizeBytes,
    received.sha256,
    pkg.md5,
    pkg.contentDigest,
    pkg.className,
    JSON.stringify(pkg.facts),
    pkg.buildEnv,
    JSON.stringify(order.client),
    order.actor.caller?.userId ?? null,
  ]);
  if (!rows[0]) throw await whyLost(client, received.key);
  return { id: plan.commitId, number: rows[0].number };
}

/** Makes a commit the one by which the Executor describes itself. */
async function moveTo(
  client: pg.ClientBase,
  executorId: string,
  commitId: string,
  { package: { meta, readme }, order }: CommitOptions,
  growthBytes: number,
): Promise<void> {
  await client.query(
    `UPDATE executor SET current_commit_id = $2, description = $3, url = $4, keywords = $5, readme = $6,
       size_bytes = size_bytes + $7, visibility = coalesce($8::visibility, visibility),
       secret_hash = coalesce($9, secret_hash), updated_at = now()
     WHERE id = $1`,
    [
      executorId,
      commitId,
      meta.description,
      meta.url,
      meta.keywords,
      readme,
      growthBytes,
      order.visibility,
      order.secretHash,
    ],
  );
}

/**
 * Makes a package the newest commit of its Executor, with its tags, inside the transaction that ends the task: readers see
 * the Executor as before or as after. Content that it has already makes no commit; the tags move to the one that has it.
 * @throws Fault `not-allowed` for a protected tag, `name-taken`, `not-found`, `over-quota`, `broken-upload`.
 */
export async function commitPush(client: pg.ClientBase, options: CommitOptions): Promise<CommittedPush> {
  const { order, namespaceId, namespace, package: pkg, plan, image, taskId } = options;
  const executor = await claimExecutor(client, { ...options, ...plan });
  if (executor.id !== plan.executorId) throw new PlanChanged();
  const same = await findPlanned(client, options);
  const commit = same ?? (await insertCommit(client, executor, options));
  const of = { executorId: executor.id, commitId: commit.id, taskId };
  const imageBytes = image ? await insertImage(client, of, image) : 0;
  const growthBytes = imageBytes + (same ? 0 : pkg.received.sizeBytes);
  await moveTo(client, executor.id, commit.id, options, growthBytes);
  const tags = await setPushedTags(client, { executorId: executor.id, commitId: commit.id, order });
  await insertAudit(client, order.actor, {
    action: executor.isNew ? 'executor.create' : 'executor.push',
    target: executor.name,
    namespace,
    detail: { id: executor.id, commit: commit.id, tags: tags.join(', '), sizeBytes: pkg.received.sizeBytes },
  });
  await chargeGrowth(client, namespaceId, growthBytes);
  return {
    executorId: executor.id,
    name: executor.name,
    visibility: order.visibility ?? executor.visibility,
    commitId: commit.id,
    commitNumber: commit.number,
    tags,
    isNew: same === null,
  };
}

/** The error for a name that somebody gave to another Executor in the same moment. */
export function asExecutorNameTaken(error: unknown): unknown {
  const { code, constraint } = (error ?? {}) as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'executor_legacy_name_key' ? nameTaken(error) : error;
}
