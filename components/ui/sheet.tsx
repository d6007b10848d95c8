'use client';

import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from '#components/ui/button.tsx';

interface SheetProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** A button; it opens the sheet. */
  trigger: ReactNode;
  label: string;
  children: ReactNode;
}

/** A panel from the left edge, for small screens; what is behind it is inert. */
export function Sheet({ isOpen, onOpenChange, trigger, label, children }: SheetProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-30 flex w-[min(304px,calc(100vw-48px))] flex-col border-r border-line-firm bg-page"
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          <Dialog.Close asChild>
            <IconButton icon={X} label="Close the menu" className="absolute top-2 right-2" />
          </Dialog.Close>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
