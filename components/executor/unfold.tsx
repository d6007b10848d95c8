'use client';

import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { classes } from '#components/ui/classes.ts';
import { formatCount } from '#components/ui/format.ts';

interface UnfoldProps {
  title: string;
  count: number;
  /** What can be done without opening it. */
  action?: ReactNode;
  onOpen?: () => void;
  children: ReactNode;
}

/** A long part of a box, folded until somebody wants it. */
export function Unfold({ title, count, action, onOpen, children }: UnfoldProps) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);

  function toggle(): void {
    if (!isOpen) onOpen?.();
    setIsOpen(!isOpen);
  }

  return (
    <div className="border-t text-13">
      <div className="flex items-center justify-between gap-2 pr-2">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={toggle}
          className="flex min-h-10 min-w-0 flex-1 items-center gap-2 px-4 text-left -outline-offset-2 hover:bg-hover"
        >
          <ChevronRight
            aria-hidden
            size={16}
            className={classes('shrink-0 text-text-3 transition-transform', isOpen && 'rotate-90')}
          />
          {title} <span className="text-xs text-text-3 tabular-nums">{formatCount(count)}</span>
        </button>
        {action}
      </div>
      <div id={id} hidden={!isOpen}>
        {children}
      </div>
    </div>
  );
}
