'use client';

import {
  cloneElement,
  lazy,
  type ReactElement,
  type ReactNode,
  type RefAttributes,
  Suspense,
  useRef,
  useState,
} from 'react';

/** Loaded when somebody is about to open it. */
const load = () => import('#components/ui/sheet-panel.tsx');
const Panel = lazy(async () => ({ default: (await load()).SheetPanel }));

interface TriggerProps extends RefAttributes<HTMLButtonElement> {
  'aria-haspopup'?: 'dialog';
  'aria-expanded'?: boolean;
  onClick?: () => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
}

interface SheetProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** A button; it opens the sheet. */
  trigger: ReactElement<TriggerProps>;
  label: string;
  children: ReactNode;
}

/** A panel from the left edge, for small screens; what is behind it is inert. */
export function Sheet({ isOpen, onOpenChange, trigger, label, children }: SheetProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isUsed, setIsUsed] = useState(false);
  const preload = () => void load();

  function open(): void {
    setIsUsed(true);
    onOpenChange(true);
  }

  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        'aria-haspopup': 'dialog',
        'aria-expanded': isOpen,
        onClick: open,
        onPointerEnter: preload,
        onFocus: preload,
      })}
      {isUsed && (
        <Suspense fallback={null}>
          <Panel button={button} isOpen={isOpen} onOpenChange={onOpenChange} label={label}>
            {children}
          </Panel>
        </Suspense>
      )}
    </>
  );
}
