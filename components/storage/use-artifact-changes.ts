'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useOptimistic } from 'react';
import { reportFailure, rpc } from '#components/rpc.ts';
import type { Visibility } from '#components/storage/access-menu.tsx';
import { titleOf } from '#components/storage/artifact-name.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { ArtifactSummary } from '#lib/artifacts/page.ts';

export interface ArtifactRow extends ArtifactSummary {
  /** Being deleted; it comes back when that fails. */
  isLeaving: boolean;
}

interface Change {
  id: string;
  visibility?: Visibility;
  isLeaving?: boolean;
}

function applyChange(rows: ArtifactRow[], { id, ...change }: Change): ArtifactRow[] {
  return rows.map((row) => (row.id === id ? { ...row, ...change } : row));
}

/** The rows as they will be, and what can be done to them. A change shows at once, and goes back when it fails. */
export function useArtifactChanges(items: ArtifactSummary[]) {
  const router = useRouter();
  const [rows, addChange] = useOptimistic<ArtifactRow[], Change>(
    items.map((item) => ({ ...item, isLeaving: false })),
    applyChange,
  );

  function change(what: Change, work: () => Promise<void>): void {
    startTransition(async () => {
      addChange(what);
      await work().catch(reportFailure);
      // Inside the same transition, or the old rows would show until the new ones are here.
      startTransition(() => router.refresh());
    });
  }

  function undo(id: string): void {
    startTransition(async () => {
      await rpc('artifact.restore', { id }).catch(reportFailure);
      startTransition(() => router.refresh());
    });
  }

  return {
    rows,
    setAccess(artifact: ArtifactSummary, visibility: Visibility): void {
      change({ id: artifact.id, visibility }, async () => {
        await rpc('artifact.update', { id: artifact.id, public: visibility === 'public' });
      });
    },
    /** To the trash, from which the toast brings it back. */
    remove(artifact: ArtifactSummary): void {
      const { id } = artifact;
      // Focus would be lost with the button.
      document.querySelector('main')?.focus();
      change({ id, isLeaving: true }, async () => {
        await rpc('artifact.delete', { id });
        showDone(`${titleOf(artifact)} is in the trash.`, () => undo(id));
      });
    },
  };
}

/** Sends an artifact's bytes to the browser's downloads. */
export async function download(artifact: Pick<ArtifactSummary, 'id'>): Promise<void> {
  try {
    const { download: url } = await rpc<{ download: string }>('artifact.getDownloadUrl', { id: artifact.id });
    location.assign(url);
  } catch (error) {
    reportFailure(error);
  }
}
