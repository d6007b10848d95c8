import type { Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { gatherRows } from '#lib/db/gather-rows.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { Fault } from '#lib/errors.ts';
import { isExecutorId } from '#lib/executors/names.ts';
import { type ExecutorRow, SELECT_EXECUTOR, seesExecutor } from '#lib/executors/row.ts';
import { opensExecutor } from '#lib/executors/secret.ts';
import { splitName } from '#lib/names/artifact-name.ts';

/** Where it is looked for; `asked.namespace` is a namespace, by id or slug, or nothing. */
const WHERE = {
  id: 'e.id = asked.text',
  'own-name': 'e.namespace_id = asked.namespace AND e.name = asked.text',
  'full-name': 'n.slug = asked.namespace AND e.name = asked.text',
  'legacy-name': 'e.legacy_name = asked.text',
};

/** One of these is looked for. */
interface Asked {
  namespace: string | null;
  text: string;
  /** What a look wants of it besides, mostly a tag. */
  more: string | null;
}

/** What of an Executor is read; those that are asked for in the same moment are read together. */
export type ExecutorLook<Row extends ExecutorRow> = Record<
  keyof typeof WHERE,
  (asked: Asked) => Promise<Row | null>
>;

/**
 * A way to look at Executors.
 * @param name is unique, since statements are prepared by their names.
 * @param select is `SELECT … FROM …` with the columns and tables of an `ExecutorRow`; `asked.more` is what is wanted besides.
 */
export function executorLook<Row extends ExecutorRow>(name: string, select: string): ExecutorLook<Row> {
  const lookBy = (by: keyof typeof WHERE) =>
    gatherRows<Asked, Row>({
      name: `${name}-by-${by}`,
      columns: 'namespace text, text text, more text',
      select: `${select} WHERE ${WHERE[by]} AND e.deleted_at IS NULL`,
    });
  return {
    id: lookBy('id'),
    'own-name': lookBy('own-name'),
    'full-name': lookBy('full-name'),
    'legacy-name': lookBy('legacy-name'),
  };
}

/** Its row alone. */
export const PLAIN = executorLook<ExecutorRow>('executor', SELECT_EXECUTOR);

/** In a namespace: by its id, else by its name. */
async function* inNamespace<Row extends ExecutorRow>(
  look: ExecutorLook<Row>,
  asked: Asked & { namespace: string },
): AsyncGenerator<Row | null> {
  const byId = isExecutorId(asked.text) ? await look.id(asked) : null;
  yield byId?.namespace === asked.namespace ? byId : null;
  yield await look['full-name'](asked);
}

/**
 * What a text may mean, best first (contract 7.1 as design narrows it): with a namespace, what is in there; else an id,
 * the caller's own name, then a name that is everybody's. Public ones are never searched: that is how names are
 * squatted. Each is looked up when it is asked for: nearly always the first one is meant.
 */
async function* candidates<Row extends ExecutorRow>(
  look: ExecutorLook<Row>,
  caller: Caller | null,
  { id: text, more = null }: Pick<LookedFor, 'id' | 'more'>,
): AsyncGenerator<Row | null> {
  if (!isKeepable(text)) return;
  const split = splitName(text);
  if (split) return yield* inNamespace(look, { namespace: split.slug, text: split.rest, more });
  const asked = { namespace: null, text, more };
  if (isExecutorId(text)) yield await look.id(asked);
  if (caller) yield await look['own-name']({ ...asked, namespace: caller.namespaceId });
  yield await look['legacy-name'](asked);
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

/** An Executor and what a look wants of it besides. */
export interface LookedFor extends ExecutorRef {
  more?: string | null;
}

/**
 * The Executor that `ref` means to this caller, if they may see it, or their secret opens it, with what `look` reads of it.
 * @throws Fault `not-found` (or, for nobody, `log-in`) when it is absent or hidden; `too-often` for wrong secrets.
 */
export async function lookForExecutor<Row extends ExecutorRow>(
  look: ExecutorLook<Row>,
  origin: Pick<Origin, 'caller' | 'address'>,
  { secret, ...ref }: LookedFor,
): Promise<Row> {
  const { caller, address } = origin;
  let hasTried = false;
  for await (const row of candidates(look, caller, ref)) {
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
  for await (const row of candidates(PLAIN, caller, { id: text })) if (row) found.push(row);
  return found;
}
