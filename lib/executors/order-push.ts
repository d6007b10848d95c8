import type pg from 'pg';
import type { Origin } from '#lib/audit/record.ts';
import { whyLost } from '#lib/blobs/provisional.ts';
import type { ReceivedBlob } from '#lib/blobs/receive.ts';
import { transaction } from '#lib/db/transaction.ts';
import { Fault } from '#lib/errors.ts';
import type { AcceptedPush } from '#lib/executors/push.ts';
import type { CheckedPush } from '#lib/executors/push-input.ts';
import { PUSH_TASK, type PushOrder } from '#lib/executors/push-order.ts';
import type { PushTarget } from '#lib/executors/push-target.ts';
import { newId } from '#lib/ids.ts';
import { insertTask } from '#lib/tasks/create.ts';
import { seal } from '#lib/tasks/seal.ts';

/** Pushes into one namespace that wait or are worked on, each with an upload that counts against nobody's quota. */
const MAX_OPEN_PUSHES = 20;

/** Any number that no other advisory lock of two keys uses. */
const TURN_LOCK = 8_301;

interface OrderOptions {
  push: CheckedPush;
  target: PushTarget;
  received: ReceivedBlob;
  client: Record<string, string>;
  origin: Origin;
}

/** What an audit row needs of who asked, and no more: it stands in the database until the work is done. */
export function actorOf({ caller, address, client, requestId }: Origin): PushOrder['actor'] {
  if (!caller) return { caller: null, address, client, requestId };
  const { userId, name, via, credentialId } = caller;
  return { caller: { userId, name, via, credentialId }, address, client, requestId };
}

function orderOf({ push, target, client, origin }: OrderOptions): PushOrder {
  const { visibility, tags, protectedTags, dockerfile, noCache, platforms, buildEnv } = push;
  return {
    targetId: target.targetId,
    name: target.name,
    visibility,
    tags,
    protectedTags,
    dockerfile,
    noCache,
    platforms,
    buildEnv: Object.keys(buildEnv),
    secretHash: target.secretHash,
    isEverybodys: target.isEverybodys,
    client,
    namePattern: origin.caller?.namePattern ?? null,
    actor: actorOf(origin),
  };
}

/**
 * One after the other for a namespace: else all would be counted before any is there.
 * @throws Fault `too-often` when too many wait.
 */
export async function requireTurn(client: pg.ClientBase, namespaceId: string): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [TURN_LOCK, namespaceId]);
  const { rows } = await client.query<{ open: number }>(
    'SELECT count(*)::int AS open FROM task WHERE namespace_id = $1 AND ended_at IS NULL',
    [namespaceId],
  );
  if ((rows[0]?.open ?? 0) < MAX_OPEN_PUSHES) return;
  const sentence = `${MAX_OPEN_PUSHES} pushes into this namespace wait already. Wait until some of them are done.`;
  throw new Fault('too-often', sentence, { retryAfterSeconds: 30 });
}

async function keepUpload(client: pg.ClientBase, { key, sizeBytes, sha256 }: ReceivedBlob): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE blob SET state = 'committed', size_bytes = $2, sha256 = $3, lease_until = NULL
     WHERE id = $1 AND state = 'provisional' AND NOT is_stopped`,
    [key, sizeBytes, sha256],
  );
  if (rowCount === 0) throw await whyLost(client, key);
}

/**
 * Hands an upload over to the workers, in one transaction: from here on it is the task's.
 * @throws Fault `too-often` when too many wait, `broken-upload` when the upload was given up or stopped.
 */
export async function orderPush(options: OrderOptions): Promise<AcceptedPush> {
  const { push, target, received, origin } = options;
  const taskId = newId();
  await transaction(async (client) => {
    await requireTurn(client, target.namespaceId);
    await keepUpload(client, received);
    await insertTask(client, {
      id: taskId,
      kind: PUSH_TASK,
      namespaceId: target.namespaceId,
      userId: origin.caller?.userId ?? null,
      executorId: target.targetId,
      name: target.name,
      input: orderOf(options),
      sealed: Object.keys(push.buildEnv).length > 0 ? seal(push.buildEnv) : null,
      blobId: received.key,
      requestId: origin.requestId,
    });
  });
  return { taskId, namespaceId: target.namespaceId, secret: target.secret };
}
