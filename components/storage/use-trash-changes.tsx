'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useMemo, useOptimistic } from 'react';
import { callEach } from '#components/list/call-each.ts';
import { isNameTaken, reportFailure, rpc } from '#components/rpc.ts';
import { artifactsAre, Title } from '#components/storage/artifact-name.tsx';
import { focusMain } from '#components/ui/focus-main.ts';
import { formatCount } from '#components/ui/format.ts';
import { endProgress, showDone, showProgress } from '#components/ui/toast.tsx';
import type { TrashedArtifact } from '#lib/artifacts/trash.ts';

export interface TrashRow extends TrashedArtifact {
  /** On its way out of the trash; it comes back when that fails. */
  isLeaving: boolean;
}

/** What can be done to rows of the trash, one or many. */
export interface TrashActions {
  restore: (rows: TrashRow[]) => void;
  /** For good. */
  purge: (rows: TrashRow[]) => void;
}

/** More than these take long enough to say how far it is. */
const FEW = 10;
const PROGRESS = 'restore';

/** Restores each under its old name; gives those whose name is taken by now. */
async function restoreEach(rows: TrashRow[]): Promise<TrashRow[]> {
  const failed = await callEach(
    rows,
    ({ id }) => rpc('artifact.restore', { id }),
    (done) => {
      if (rows.length > FEW)
        showProgress(PROGRESS, `Restored ${formatCount(done)} of ${formatCount(rows.length)}.`);
    },
  );
  endProgress(PROGRESS);
  const back = rows.filter((row) => !failed.some(({ item }) => item === row));
  const [only] = back;
  if (back.length === 1 && only)
    showDone(
      <>
        <Title of={only} /> is back.
      </>,
    );
  if (back.length > 1) showDone(`${formatCount(back.length)} are back.`);
  const other = failed.find(({ error }) => !isNameTaken(error));
  if (other) reportFailure(other.error);
  return failed.filter(({ error }) => isNameTaken(error)).map(({ item }) => item);
}

/** Deletes them for good, and says so. */
export async function purgeAll(rows: TrashedArtifact[]): Promise<void> {
  const [only] = rows;
  const { deletedCount } = await rpc<{ deletedCount: number }>('artifact.purge', {
    ids: rows.map(({ id }) => id),
  });
  if (deletedCount === 0) return;
  showDone(
    rows.length === 1 && only ? (
      <>
        <Title of={only} /> is gone for good.
      </>
    ) : (
      `${artifactsAre(deletedCount)} gone for good.`
    ),
  );
}

/**
 * The rows as they will be, and what can be done to them.
 * @param onNamesTaken is told of those that can be restored under another name only; keep it the same.
 */
export function useTrashChanges(
  items: TrashedArtifact[],
  onNamesTaken: (rows: TrashRow[]) => void,
): { rows: TrashRow[]; actions: TrashActions } {
  const router = useRouter();
  const present = useMemo(() => items.map((item) => ({ ...item, isLeaving: false })), [items]);
  const [rows, leave] = useOptimistic<TrashRow[], string[]>(present, (all, ids) =>
    all.map((row) => (ids.includes(row.id) ? { ...row, isLeaving: true } : row)),
  );

  const actions = useMemo(() => {
    function change(changed: TrashRow[], work: () => Promise<void>): void {
      focusMain();
      startTransition(async () => {
        leave(changed.map(({ id }) => id));
        await work().catch(reportFailure);
        // Inside the same transition, or the old rows would show until the new ones are here.
        startTransition(() => router.refresh());
      });
    }
    return {
      restore: (restored: TrashRow[]) =>
        change(restored, async () => {
          const taken = await restoreEach(restored);
          if (taken.length > 0) onNamesTaken(taken);
        }),
      purge: (purged: TrashRow[]) => change(purged, () => purgeAll(purged)),
    };
  }, [router, leave, onNamesTaken]);

  return { rows, actions };
}
