import type { Caller } from '#lib/auth/caller.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { pool } from '#lib/db/pool.ts';
import { Fault } from '#lib/errors.ts';
import { type ExecutorRow, ownsExecutor, SELECT_EXECUTOR, seesExecutor } from '#lib/executors/row.ts';
import { splitName } from '#lib/names/artifact-name.ts';

/** Whether a text may be an Executor's id; what is none names nothing by it. */
export function isExecutorId(text: string): boolean {
  return /^[0-9a-z]{8}$/.test(text);
}

const LIVE = 'AND e.deleted_at IS NULL';

async function one(condition: string, values: string[]): Promise<ExecutorRow | null> {
  const { rows } = await pool().query<ExecutorRow>(`${SELECT_EXECUTOR} WHERE ${condition} ${LIVE}`, values);
  return rows[0] ?? null;
}

/** The Executor that a text means to its owner: an id, a name of theirs, or either behind a namespace (contract 7.1). */
async function findByText(caller: Caller, text: string): Promise<ExecutorRow | null> {
  if (!isKeepable(text)) return null;
  if (isExecutorId(text)) {
    const row = await one('e.id = $1', [text]);
    if (row) return row;
  }
  const split = splitName(text);
  if (!split) return one('e.namespace_id = $1 AND e.name = $2', [caller.namespaceId, text]);
  const { slug, rest } = split;
  const byId = isExecutorId(rest) ? await one('n.slug = $1 AND e.id = $2', [slug, rest]) : null;
  return byId ?? one('n.slug = $1 AND e.name = $2', [slug, rest]);
}

/** What the caller is told when there is no such Executor, or none that they may see: the two must not differ. */
function absent(): Fault {
  return new Fault(
    'not-found',
    'There is no Executor of this name or id that you may see. Check the spelling, or list yours.',
  );
}

/**
 * The Executor that the caller may change.
 * @throws Fault `not-found` when it is absent or hidden, `not-allowed` for a public one of somebody else.
 */
export async function findOwnExecutor(caller: Caller, text: string): Promise<ExecutorRow> {
  const row = await findByText(caller, text);
  if (!row || !seesExecutor(caller, row)) throw absent();
  if (ownsExecutor(caller, row)) return row;
  throw new Fault(
    'not-allowed',
    'This Executor belongs to somebody else. You can use it, but not change it.',
  );
}

/** What the caller is told of an Executor that was deleted while they changed it. */
export function goneMeanwhile(): Fault {
  return new Fault('not-found', 'The Executor was deleted a moment ago. There is nothing left to change.');
}
