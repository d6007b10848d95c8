'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useOptimistic } from 'react';
import { isNameTaken, reportFailure, rpc } from '#components/rpc.ts';
import { titleOf } from '#components/storage/artifact-name.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { TrashedArtifact } from '#lib/artifacts/trash.ts';

export interface TrashRow extends TrashedArtifact {
  /** On its way out of the trash; it comes back when that fails. */
  isLeaving: boolean;
}

/** Focus would be lost with the button of a row that leaves. */
function focusPage(): void {
  document.querySelector('main')?.focus();
}

interface TrashChanges {
  rows: TrashRow[];
  restore(artifact: TrashedArtifact): void;
  purge(artifacts: TrashedArtifact[]): void;
}

/**
 * The rows as they will be, and what can be done to them.
 * @param onNameTaken is told of one that can be restored under another name only.
 */
export function useTrashChanges(
  items: TrashedArtifact[],
  onNameTaken: (artifact: TrashedArtifact) => void,
): TrashChanges {
  const router = useRouter();
  const [rows, leave] = useOptimistic<TrashRow[], string[]>(
    items.map((item) => ({ ...item, isLeaving: false })),
    (all, ids) => all.map((row) => (ids.includes(row.id) ? { ...row, isLeaving: true } : row)),
  );

  function change(ids: string[], work: () => Promise<void>): void {
    startTransition(async () => {
      leave(ids);
      await work();
      // Inside the same transition, or the old rows would show until the new ones are here.
      startTransition(() => router.refresh());
    });
  }

  return {
    rows,
    restore(artifact) {
      change([artifact.id], async () => {
        try {
          await rpc('artifact.restore', { id: artifact.id });
          focusPage();
          showDone(`${titleOf(artifact)} is back.`);
        } catch (error) {
          if (isNameTaken(error)) onNameTaken(artifact);
          else reportFailure(error);
        }
      });
    },
    purge(artifacts) {
      const ids = artifacts.map(({ id }) => id);
      change(ids, async () => {
        const [only] = artifacts.length === 1 ? artifacts : [];
        await rpc('artifact.purge', { ids })
          .then(() => showDone(only ? `${titleOf(only)} is gone for good.` : 'They are gone for good.'))
          .catch(reportFailure);
      });
    },
  };
}
