'use client';

import { AlertDialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';

interface ConfirmDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** A question that names the thing. */
  title: string;
  /** What is lost, in numbers. */
  children: ReactNode;
  /** The word on the button that does it, such as "Delete". */
  action: string;
  /** The word on the safe button, which comes first and has the focus. */
  safe?: string;
  onConfirm: () => void;
}

/** Where the focus goes when the dialog closes: it has no trigger of its own that Radix would know. */
function useFocusAfter() {
  const opener = useRef<Element | null>(null);
  const isConfirmed = useRef(false);
  return {
    isConfirmed,
    rememberOpener(): void {
      opener.current = document.activeElement;
      isConfirmed.current = false;
    },
    /** Back to the button that asked; once confirmed, that one is on its way out, so to what it stands in. */
    giveBack(event: Event): void {
      event.preventDefault();
      const target = isConfirmed.current ? opener.current?.closest('main') : opener.current;
      if (target instanceof HTMLElement) target.focus();
    },
  };
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({
  isOpen,
  onClose,
  title,
  children,
  action,
  safe = 'Keep it',
  onConfirm,
}: ConfirmDialogProps) {
  const focus = useFocusAfter();

  function confirm(): void {
    focus.isConfirmed.current = true;
    onConfirm();
  }

  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <AlertDialog.Content
          onOpenAutoFocus={focus.rememberOpener}
          onCloseAutoFocus={focus.giveBack}
          className="fixed top-1/2 left-1/2 z-30 w-[calc(100vw-32px)] max-w-md -translate-1/2 rounded-lg border border-line-firm bg-raised p-5 shadow-float"
        >
          <AlertDialog.Title className="text-base font-semibold tracking-tight wrap-anywhere">
            {title}
          </AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-2 text-text-2">{children}</div>
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>{safe}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button variant="danger" onClick={confirm}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
