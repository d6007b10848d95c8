import { Command } from 'cmdk';
import { type LucideIcon, Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { KeyHint } from '#components/ui/key-hint.tsx';

interface CommandPanelProps {
  isOpen: boolean;
  onClose: () => void;
  /** Puts the focus where it belongs once the panel is gone. */
  onClosed: () => void;
  label: string;
  children: ReactNode;
}

/** A panel over the page in which one types what one wants; `CommandField` comes first in it. */
export function CommandPanel({ isOpen, onClose, onClosed, label, children }: CommandPanelProps) {
  function closeByShortcut(event: KeyboardEvent): void {
    if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onClose();
  }

  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onKeyDown={closeByShortcut}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed();
          }}
          className="fixed top-2 left-1/2 z-30 w-[calc(100vw-16px)] max-w-150 -translate-x-1/2 overflow-hidden rounded-lg border border-line-firm bg-raised shadow-float md:top-[12vh]"
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          <Command label={label} shouldFilter={false} loop vimBindings={false}>
            {children}
          </Command>
          <div className="hidden gap-4 border-t px-4 py-2.5 md:flex">
            <KeyHint keys={['↑', '↓']}>move</KeyHint>
            <KeyHint keys={['Enter']}>open</KeyHint>
            <KeyHint keys={['Esc']}>close</KeyHint>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface CommandFieldProps {
  placeholder: string;
  text: string;
  onType: (text: string) => void;
}

/** Where one types. */
export function CommandField({ placeholder, text, onType }: CommandFieldProps) {
  return (
    <div className="flex items-center gap-2.5 border-b px-4">
      <Search aria-hidden size={16} className="shrink-0 text-text-3" />
      {/* The panel's frame stands for the ring: nothing else in it takes the focus. */}
      <Command.Input
        value={text}
        onValueChange={onType}
        placeholder={placeholder}
        maxLength={255}
        className="h-12 min-w-0 flex-1 bg-transparent outline-none placeholder:text-text-3"
      />
    </div>
  );
}

/** What there is to choose from. */
export function CommandList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Command.List
      label={label}
      className="max-h-[min(60dvh,400px)] scroll-py-1 overflow-y-auto overscroll-contain p-1 empty:hidden"
    >
      {children}
    </Command.List>
  );
}

/** Some of the choices, under a heading. */
export function CommandGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-text-3"
    >
      {children}
    </Command.Group>
  );
}

interface CommandItemProps {
  /** Unlike every other one's in the panel. */
  id: string;
  icon: LucideIcon;
  /** A fact beside it. */
  note?: string;
  onSelect: () => void;
  children: ReactNode;
}

/** One choice. */
export function CommandItem({ id, icon: Icon, note, onSelect, children }: CommandItemProps) {
  return (
    <Command.Item
      value={id}
      onSelect={onSelect}
      className="flex min-h-8 cursor-default items-center gap-3 rounded-md px-2.5 py-1.5 data-[selected=true]:bg-hover max-md:min-h-11"
    >
      <Icon aria-hidden size={16} className="shrink-0 text-text-2" />
      <span className="line-clamp-2 min-w-0 flex-1 wrap-anywhere">{children}</span>
      {note && <span className="shrink-0 text-xs text-text-2">{note}</span>}
    </Command.Item>
  );
}
