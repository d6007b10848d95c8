'use client';

import { Dialog } from 'radix-ui';
import type { FormEvent, ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { useFocusAfter } from '#components/ui/use-focus-after.ts';

interface FormDialogProps {
  title: ReactNode;
  /** What it does, and what to know before; text alone. */
  description: ReactNode;
  /** The fields. */
  children: ReactNode;
  /** The word on the button that sends it. */
  action: string;
  /** The word on the safe button. */
  safe?: string;
  /** Whether it destroys. */
  isDanger?: boolean;
  /** Whether it can be sent now. */
  isReady?: boolean;
  /** By the safe button; absent: it closes. */
  onSafe?: () => void;
  onClose: () => void;
  onSubmit: () => void;
}

/** A small form over the page; closing it gives the focus back. */
export function FormDialog(props: FormDialogProps) {
  const { title, description, children, action, safe = 'Cancel', isDanger, isReady = true } = props;
  const { onClose, onSafe = onClose, onSubmit } = props;

  const focus = useFocusAfter();

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (isReady) onSubmit();
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          onOpenAutoFocus={focus.rememberOpener}
          onCloseAutoFocus={focus.giveBack}
          className="fixed top-1/2 left-1/2 z-30 max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] max-w-md -translate-1/2 overflow-y-auto rounded-lg border border-line-firm bg-raised p-5 shadow-float"
        >
          <Dialog.Title className="text-base font-semibold tracking-tight wrap-anywhere">
            {title}
          </Dialog.Title>
          <Dialog.Description className="mt-2 text-text-2">{description}</Dialog.Description>
          <form onSubmit={submit} className="mt-4 grid gap-5">
            {children}
            <div className="flex justify-end gap-2">
              <Button onClick={onSafe}>{safe}</Button>
              <Button type="submit" variant={isDanger ? 'danger' : 'primary'} disabled={!isReady}>
                {action}
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
