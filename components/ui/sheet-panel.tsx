import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';
import { IconButton } from '#components/ui/button.tsx';

interface SheetPanelProps {
  /** What opened it; it has the focus again afterwards. */
  button: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  label: string;
  children: ReactNode;
}

/** What slides over the page. */
export function SheetPanel({ button, isOpen, onOpenChange, label, children }: SheetPanelProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            button.current?.focus();
          }}
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
