import { openFile, readFile } from '#lib/artifacts/import-file.ts';
import { LIBRARY, LIBRARY_TERMS, systemNamespaceId } from '#lib/artifacts/system-namespaces.ts';
import type { Origin } from '#lib/audit/record.ts';
import { hashSlowly } from '#lib/auth/password.ts';
import { ProvisionalBlob } from '#lib/blobs/provisional.ts';
import { receiveBlob } from '#lib/blobs/receive.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { requireExecutorName } from '#lib/executors/names.ts';
import { orderPush } from '#lib/executors/order-push.ts';
import { pushWorker } from '#lib/executors/perform-push.ts';
import { requireZip } from '#lib/executors/push.ts';
import { checkPush } from '#lib/executors/push-input.ts';
import type { PushResult } from '#lib/executors/push-result.ts';
import { noImages } from '#lib/images/image.ts';
import { followTask } from '#lib/tasks/follow.ts';
import { workOn } from '#lib/tasks/work.ts';

interface ImportOptions {
  /** What its users wrote before there were namespaces. */
  name: string;
  /** Of the zip, absolute. */
  path: string;
  /** Null: everybody may have it. */
  secret: string | null;
  origin: Origin;
}

async function requireFree(name: string): Promise<void> {
  const { rowCount } = await pool().query('SELECT FROM executor WHERE legacy_name = $1', [name]);
  if (rowCount === 0) return;
  throw new Fault(
    'name-taken',
    `There is an Executor ${name} without a namespace, and an import replaces none. Choose another name.`,
  );
}

/** One that was killed is ended first: tasks of one name are one after the other. @throws Fault `unavailable`. */
async function endEarlier(name: string): Promise<void> {
  const open = async () => {
    const namespaceId = await systemNamespaceId(LIBRARY, LIBRARY_TERMS);
    const text =
      'SELECT id FROM task WHERE namespace_id = $1 AND name = $2 AND ended_at IS NULL ORDER BY created_at';
    return (await pool().query<{ id: string }>(text, [namespaceId, name])).rows;
  };
  for (const { id } of await open()) await workOn(id, pushWorker(noImages));
  if ((await open()).length === 0) return;
  throw new Fault('unavailable', `Another import of ${name} is under way. Try again in half a minute.`);
}

async function order({ name, path, secret, origin }: ImportOptions): Promise<string> {
  const namespaceId = await systemNamespaceId(LIBRARY, LIBRARY_TERMS);
  const { handle, sizeBytes } = await openFile(path, 'Give the zip of the Executor’s folder.');
  const blob = await ProvisionalBlob.reserve({ namespaceId, announcedBytes: sizeBytes });
  try {
    const received = await receiveBlob(blob, readFile(handle), Number.POSITIVE_INFINITY);
    requireZip(received);
    const push = checkPush(secret === null ? { public: true } : { private: true, secret });
    const secretHash = secret === null ? null : await hashSlowly(secret);
    const target = { namespaceId, targetId: null, name, secret, secretHash, isEverybodys: true };
    return (await orderPush({ push, target, received, client: {}, origin })).taskId;
  } catch (error) {
    await blob.discard();
    throw error;
  } finally {
    blob.release();
    await handle.close();
  }
}

/**
 * Imports the zip of an Executor under a name without a namespace (contract 7.1): with a secret a private one, which it
 * opens, else a public one. No push replaces it.
 * @throws Fault `invalid`, `not-a-zip`, `name-taken`, and whatever is wrong with the package.
 */
export async function importExecutor(options: ImportOptions): Promise<PushResult> {
  requireExecutorName(options.name);
  await endEarlier(options.name);
  await requireFree(options.name);
  const taskId = await order(options);
  await workOn(taskId, pushWorker(noImages));
  const { signal } = new AbortController();
  for await (const news of followTask(taskId, { replay: false, signal })) {
    if (news.kind !== 'state') continue;
    const { result, failure } = news.task;
    if (result) return result as PushResult;
    if (failure && failure.kind !== 'unexpected') throw new Fault(failure.kind, failure.message);
  }
  throw new Error(`the import of ${options.name} failed`);
}
