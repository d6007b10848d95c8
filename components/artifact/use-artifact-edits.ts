'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useOptimistic } from 'react';
import type { Visibility } from '#components/list/access-menu.tsx';
import { reportFailure, rpc } from '#components/rpc.ts';

interface Editable {
  id: string;
  visibility: Visibility;
  /** Days after each push; null: for ever. Where it is not shown, it is left out. */
  keepDays?: number | null;
}

type Edit = Partial<Pick<Editable, 'visibility' | 'keepDays'>>;

/** An artifact's access and time as they will be, and what changes them; an edit that fails goes back. */
export function useArtifactEdits(artifact: Editable) {
  const router = useRouter();
  const [shown, addEdit] = useOptimistic<Editable, Edit>(artifact, (before, edit) => ({
    ...before,
    ...edit,
  }));

  function change(edit: Edit, input: object): void {
    startTransition(async () => {
      addEdit(edit);
      await rpc('artifact.update', { id: artifact.id, ...input }).catch(reportFailure);
      // Inside the same transition, or the old state would show until the new one is here.
      startTransition(() => router.refresh());
    });
  }

  return {
    visibility: shown.visibility,
    keepDays: shown.keepDays,
    setAccess: (visibility: Visibility) => change({ visibility }, { public: visibility === 'public' }),
    setKeepDays: (keepDays: number | null) => change({ keepDays }, { keepDays }),
  };
}
