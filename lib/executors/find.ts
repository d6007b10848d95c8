import type { Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { isExecutorId } from '#lib/executors/names.ts';
import { type ExecutorRow, SELECT_EXECUTOR, seesExecutor } from '#lib/executors/row.ts';
import { opensExecutor } from '#lib/executors/secret.ts';
import { splitName } from '#lib/names/artifact-name.ts';

/** What of an Executor is read, and how; `more` are the values of what its text asks for behind `$1` and `$2`. */
export interface ExecutorLook<Row extends ExecutorRow> {
  /** Unique, since statements are prepared by their names. */
  name: string;
  /** `SELECT … FROM …` with the columns and tables of an `ExecutorRow`; `$3` and on are `more`. */
  select: string;
  more: (string | null)[];
  /** Never read: says what a row is. */
  row?: Row;
}

/** Its row alone. */
export const PLAIN: ExecutorLook<ExecutorRow> = { name: 'executor', select: SELECT_EXECUTOR, more: [] };

/** Where it is looked for. `$1` is a namespace, by id or slug, or nothing; each has two values, so that `more` begin at `$3`. */
const WHERE = {
  id: '$1::text IS NULL AND e.id = $2',
  'own-name': 'e.namespace_id = $1 AND e.name = $2',
  'full-name': 'n.slug = $1 AND e.name = $2',
  'legacy-name': '$1::text IS NULL AND e.legacy_name = $2',
};

async function one<Row extends ExecutorRow>(
  look: ExecutorLook<Row>,
  by: keyof typeof WHERE,
  namespace: string | null,
  text: string,
): Promise<Row | null> {
  const { rows } = await pool().query<Row>({
    name: `${look.name}-by-${by}`,
    text: `${look.select} WHERE ${WHERE[by]} AND e.deleted_at IS NULL`,
    values: [namespace, text, ...look.more],
  });
  return rows[0] ?? null;
}

/** In a namespace: by its id, else by its name. */
async function* inNamespace<Row extends ExecutorRow>(
  look: ExecutorLook<Row>,
  slug: string,
  text: string,
): AsyncGenerator<Row | null> {
  const byId = isExecutorId(text) ? await one(look, 'id', null, text) : null;
  yield byId?.namespace === slug ? byId : null;
  yield await one(look, 'full-name', slug, text);
}

/**
 * What a text may mean, best first (contract 7.1 as design narrows it): with a namespace, what is in there; else an id,
 * the caller's own name, then a name that is everybody's. Public ones are never searched: that is how names are
 * squatted. Each is looked up when it is asked for: nearly always the first one is meant.
 */
async function* candidates<Row extends ExecutorRow>(
  look: ExecutorLook<Row>,
  caller: Caller | null,
  text: string,
): AsyncGenerator<Row | null> {
  if (!isKeepable(text)) return;
  const split = splitName(text);
  if (split) return yield* inNamespace(look, split.slug, split.rest);
  if (isExecutorId(text)) yield await one(look, 'id', null, text);
  if (caller) yield await one(look, 'own-name', caller.namespaceId, text);
  yield await one(look, 'legacy-name', null, text);
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
 * The Executor that `ref` means to this caller, if they may see it, or their secret opens it, with what `look` reads of it.
 * @throws Fault `not-found` (or, for nobody, `log-in`) when it is absent or hidden; `too-often` for wrong secrets.
 */
export async function lookForExecutor<Row extends ExecutorRow>(
  look: ExecutorLook<Row>,
  origin: Pick<Origin, 'caller' | 'address'>,
  { id, secret }: ExecutorRef,
): Promise<Row> {
  const { caller, address } = origin;
  let hasTried = false;
  for await (const row of candidates(look, caller, id)) {
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
  for await (const row of candidates(PLAIN, caller, text)) if (row) found.push(row);
  return found;
}
