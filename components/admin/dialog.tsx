'use client';

import { Dialog as Primitive } from 'radix-ui';
import { type ReactNode, useRef } from 'react';

interface DialogProps {
  onClose: () => void;
  title: ReactNode;
  help: string;
  children: ReactNode;
}

/** A small window for one thing; the focus goes back to where it was. */
export function Dialog({ onClose, title, help, children }: DialogProps) {
  const opener = useRef<Element | null>(null);
  return (
    <Primitive.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Primitive.Content
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
          }}
          className="fixed top-1/2 left-1/2 z-30 w-[calc(100vw-32px)] max-w-md -translate-1/2 rounded-lg border border-line-firm bg-raised p-5 shadow-float"
        >
          <Primitive.Title className="text-base font-semibold tracking-tight wrap-anywhere">
            {title}
          </Primitive.Title>
          <Primitive.Description className="mt-2 text-text-2">{help}</Primitive.Description>
          <div className="mt-4">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
