import type { Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { isExecutorId } from '#lib/executors/names.ts';
import { type ExecutorRow, SELECT_EXECUTOR, seesExecutor } from '#lib/executors/row.ts';
import { opensExecutor } from '#lib/executors/secret.ts';
import { splitName } from '#lib/names/artifact-name.ts';

const BY_ID = { name: 'executor-by-id', text: `${SELECT_EXECUTOR} WHERE e.id = $1 AND e.deleted_at IS NULL` };
const BY_OWN_NAME = {
  name: 'executor-by-own-name',
  text: `${SELECT_EXECUTOR} WHERE e.namespace_id = $1 AND e.name = $2 AND e.deleted_at IS NULL`,
};
const BY_FULL_NAME = {
  name: 'executor-by-full-name',
  text: `${SELECT_EXECUTOR} WHERE n.slug = $1 AND e.name = $2 AND e.deleted_at IS NULL`,
};
const BY_LEGACY_NAME = {
  name: 'executor-by-legacy-name',
  text: `${SELECT_EXECUTOR} WHERE e.legacy_name = $1 AND e.deleted_at IS NULL`,
};

async function one(query: { name: string; text: string }, values: string[]): Promise<ExecutorRow | null> {
  const { rows } = await pool().query<ExecutorRow>({ ...query, values });
  return rows[0] ?? null;
}

/** In a namespace: by its id, else by its name. */
async function* inNamespace(slug: string, text: string): AsyncGenerator<ExecutorRow | null> {
  const byId = isExecutorId(text) ? await one(BY_ID, [text]) : null;
  yield byId?.namespace === slug ? byId : null;
  yield await one(BY_FULL_NAME, [slug, text]);
}

/**
 * What a text may mean, best first (contract 7.1 as design narrows it): with a namespace, what is in there; else an id,
 * the caller's own name, then a name that is everybody's. Public ones are never searched: that is how names are
 * squatted. Each is looked up when it is asked for: nearly always the first one is meant.
 */
async function* candidates(caller: Caller | null, text: string): AsyncGenerator<ExecutorRow | null> {
  if (!isKeepable(text)) return;
  const split = splitName(text);
  if (split) return yield* inNamespace(split.slug, split.rest);
  if (isExecutorId(text)) yield await one(BY_ID, [text]);
  if (caller) yield await one(BY_OWN_NAME, [caller.namespaceId, text]);
  yield await one(BY_LEGACY_NAME, [text]);
}

/** What the caller is told when there is no such thing, or none that the caller may see: the two must not differ. */
function absent(caller: Caller | null): Fault {
  if (caller)
    return new Fault(
      'not-found',
      'There is no Executor of this name or id that you may see. Check the spelling, or list yours.',
    );
  return new Fault(
    'log-in',
    'There is no public Executor of this name. If it is private, log in or give its secret.',
  );
}

/** How a client names an Executor. */
export interface ExecutorRef {
  /** `Name`, `ab12cd34`, `user/Name` or `user/ab12cd34`. */
  id: string;
  /** Opens a private one to whoever has it. */
  secret?: string;
}

/**
 * The Executor that `ref` means to this caller, if they may see it, or their secret opens it.
 * @throws Fault `not-found` (or, for nobody, `log-in`) when it is absent or hidden; `too-often` for wrong secrets.
 */
export async function findExecutor(
  origin: Pick<Origin, 'caller' | 'address'>,
  { id, secret }: ExecutorRef,
): Promise<ExecutorRow> {
  const { caller, address } = origin;
  let hasTried = false;
  for await (const row of candidates(caller, id)) {
    if (!row) continue;
    if (seesExecutor(caller, row)) return row;
    if (!secret || row.secretHash === null) continue;
    // Before what comes behind it: else somebody could put something public under a name that the secret opens.
    hasTried = true;
    if (await opensExecutor(secret, row.secretHash, address)) return row;
  }
  if (secret && !hasTried) await opensExecutor(secret, null, address);
  throw absent(caller);
}

/** What a text means that stands without a secret, whoever may see it; for pushes, which decide by themselves. */
export async function whatIsNamed(caller: Caller | null, text: string): Promise<ExecutorRow[]> {
  const found: ExecutorRow[] = [];
  for await (const row of candidates(caller, text)) if (row) found.push(row);
  return found;
}
