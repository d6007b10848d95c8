'use client';

import { useMemo } from 'react';
import { executorsAre } from '#components/executors/executor-name.tsx';
import type { Visibility } from '#components/list/access-menu.tsx';
import { type Changing, rpcEach, useRowChanges } from '#components/list/use-row-changes.ts';
import { rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { focusMain } from '#components/ui/focus-main.ts';
import { showDone } from '#components/ui/toast.tsx';
import type { ExecutorSummary } from '#lib/executors/own-list.ts';

export type ExecutorRow = Changing<ExecutorSummary>;

/** What can be done to rows of the list, one or many. */
export interface ExecutorActions {
  setAccess: (rows: ExecutorRow[], visibility: Visibility) => void;
  remove: (rows: ExecutorRow[]) => void;
}

/** To the trash, from which the toast brings them back. */
async function removeEach(rows: ExecutorRow[], undo: (ids: string[]) => void): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const { deletedCount } = await rpc<{ deletedCount: number }>('executor.deleteMany', { ids });
  if (deletedCount === 0) return;
  const [only] = rows;
  showDone(
    rows.length === 1 && only ? (
      <>
        <Bdi>{only.name}</Bdi> is in the trash.
      </>
    ) : (
      `${executorsAre(deletedCount)} in the trash.`
    ),
    () => undo(ids),
  );
}

/** The rows as they will be, and what can be done to them. A change shows at once, and goes back when it fails. */
export function useExecutorChanges(items: ExecutorSummary[]): {
  rows: ExecutorRow[];
  actions: ExecutorActions;
} {
  const { rows, change, settle } = useRowChanges(items);
  const actions = useMemo(
    () => ({
      setAccess(changed: ExecutorRow[], visibility: Visibility): void {
        change(changed, { visibility }, (ids) =>
          rpcEach('executor.setVisibility', ids, { public: visibility === 'public' }),
        );
      },
      remove(changed: ExecutorRow[]): void {
        focusMain();
        const undo = (ids: string[]) => settle(() => rpcEach('executor.restore', ids));
        change(changed, { isLeaving: true }, () => removeEach(changed, undo));
      },
    }),
    [change, settle],
  );
  return { rows, actions };
}
