'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useState } from 'react';
import { reportFailure, rpc } from '#components/rpc.ts';
import { Button } from '#components/ui/button.tsx';
import { showDone } from '#components/ui/toast.tsx';

/** Takes back the wish to have the account deleted. */
export function KeepAccountButton() {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);

  async function keep(): Promise<void> {
    setIsBusy(true);
    try {
      await rpc('user.identity.keep');
      showDone('Your account stays.');
    } catch (error) {
      reportFailure(error);
    }
    setIsBusy(false);
    startTransition(() => router.refresh());
  }

  return (
    <Button disabled={isBusy} onClick={() => void keep()}>
      Keep my account
    </Button>
  );
}
