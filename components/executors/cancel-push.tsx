'use client';

import { CircleStop } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { startTransition, useState } from 'react';
import { reportFailure, rpc } from '#components/rpc.ts';
import { Button, IconButton } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { focusMain } from '#components/ui/focus-main.ts';
import { showDone } from '#components/ui/toast.tsx';

interface CancelPushProps {
  /** Of its task. */
  id: string;
  state: 'waiting' | 'running' | 'succeeded' | 'failed';
  /** In a row: an icon alone, with this name. */
  label?: string;
}

/** Ends a push that is not over: at once while it waits, and when it is confirmed while it runs. */
export function CancelPush({ id, state, label }: CancelPushProps) {
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const isOver = state === 'succeeded' || state === 'failed';

  async function cancel(): Promise<void> {
    // The button goes away.
    focusMain();
    setIsBusy(true);
    await rpc('executor.cancelPush', { id }).then(() => showDone('The push is cancelled.'), reportFailure);
    setIsBusy(false);
    startTransition(() => router.refresh());
  }

  const ask = () => (state === 'running' ? setIsAsking(true) : void cancel());
  return (
    <>
      {!isOver && label && <IconButton icon={CircleStop} label={label} disabled={isBusy} onClick={ask} />}
      {!isOver && !label && (
        <Button disabled={isBusy} onClick={ask}>
          <CircleStop aria-hidden size={16} />
          Cancel the push
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking && !isOver}
        onClose={() => setIsAsking(false)}
        title="Cancel this push?"
        action="Cancel the push"
        safe="Let it run"
        onConfirm={() => void cancel()}
      >
        <p>It stops where it is, and nothing of it is kept. What was pushed before stays as it is.</p>
      </ConfirmDialog>
    </>
  );
}
