'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useOptimistic } from 'react';
import type { Visibility } from '#components/list/access-menu.tsx';
import { reportFailure, rpc } from '#components/rpc.ts';

/** Who may use an Executor as it will be, and what changes that; a change that fails goes back. */
export function useExecutorAccess({ id, visibility }: { id: string; visibility: Visibility }) {
  const router = useRouter();
  const [shown, show] = useOptimistic(visibility);
  function setAccess(wanted: Visibility): void {
    startTransition(async () => {
      show(wanted);
      await rpc('executor.setVisibility', { id, public: wanted === 'public' }).catch(reportFailure);
      // Inside the same transition, or the old state would show until the new one is here.
      startTransition(() => router.refresh());
    });
  }
  return { visibility: shown, setAccess };
}
