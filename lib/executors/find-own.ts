import type { Caller } from '#lib/auth/caller.ts';
import { Fault } from '#lib/errors.ts';
import { lookForExecutor, PLAIN } from '#lib/executors/find.ts';
import { type ExecutorRow, ownsExecutor } from '#lib/executors/row.ts';

/**
 * The Executor that the caller may change.
 * @throws Fault `not-found` when it is absent or hidden, `not-allowed` for a public one of somebody else.
 */
export async function findOwnExecutor(caller: Caller, id: string): Promise<ExecutorRow> {
  const row = await lookForExecutor(PLAIN, { caller, address: null }, { id });
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
