'use client';

import { AlertDialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { useFocusAfter } from '#components/ui/use-focus-after.ts';

interface ConfirmDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** A question that names the thing. */
  title: ReactNode;
  /** What is lost, in numbers. */
  children: ReactNode;
  /** The word on the button that does it, such as "Delete". */
  action: string;
  /** The word on the safe button, which comes first and has the focus. */
  safe?: string;
  /** What has to be typed first; only where nothing brings it back. */
  typed?: string;
  onConfirm: () => void;
}

/** A text as it is seen: what nobody can type or tell apart does not count. */
function asSeen(text: string): string {
  return text
    .normalize()
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

interface ChoiceProps extends Pick<ConfirmDialogProps, 'action' | 'safe' | 'typed'> {
  onConfirm: () => void;
}

/** The two ways out of the dialog. */
function Choice({ action, safe, typed, onConfirm }: ChoiceProps) {
  const [text, setText] = useState('');
  const isMeant = typed === undefined || asSeen(text) === asSeen(typed);
  return (
    <>
      {typed !== undefined && (
        <TextField
          label={
            <>
              Type <Bdi>{typed}</Bdi> to confirm
            </>
          }
          className="mt-4 wrap-anywhere"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <div className="mt-5 flex justify-end gap-2">
        <AlertDialog.Cancel asChild>
          <Button>{safe}</Button>
        </AlertDialog.Cancel>
        <AlertDialog.Action asChild>
          <Button variant="danger" disabled={!isMeant} onClick={onConfirm}>
            {action}
          </Button>
        </AlertDialog.Action>
      </div>
    </>
  );
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({
  isOpen,
  onClose,
  title,
  children,
  action,
  safe = 'Keep it',
  typed,
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
          <Choice action={action} safe={safe} typed={typed} onConfirm={confirm} />
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
