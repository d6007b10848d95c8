'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { reportFailure, rpc } from '#components/rpc.ts';
import { showDone } from '#components/ui/toast.tsx';

/** Does something to an account and says so; the page reads again, whether it worked or not. */
export function useUserActs() {
  const router = useRouter();
  const refresh = () => startTransition(() => router.refresh());

  async function act(method: string, input: object, words: string): Promise<void> {
    try {
      await rpc(method, input);
      showDone(words);
    } catch (error) {
      reportFailure(error);
    }
    refresh();
  }

  return { act, refresh };
}
