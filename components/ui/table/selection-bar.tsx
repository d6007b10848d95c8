'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '#components/ui/button.tsx';
import { focusMain } from '#components/ui/focus-main.ts';
import { formatCount } from '#components/ui/format.ts';

interface SelectionBarProps {
  count: number;
  /** How much that is, such as "98.1 MB". */
  fact: string;
  onClear: () => void;
  children: ReactNode;
}

/** What can be done to the selected rows. Its room is always there, so nothing moves when it comes. */
export function SelectionBar({ count, fact, onClear, children }: SelectionBarProps) {
  return (
    <div className="pointer-events-none sticky bottom-0 z-10 mt-2 flex h-16 items-center justify-center">
      <p role="status" className="sr-only">
        {count > 0 && `${formatCount(count)} selected, ${fact}`}
      </p>
      {count > 0 && (
        <section
          aria-label="Selected rows"
          className="pointer-events-auto flex max-w-full items-center gap-0.5 rounded-lg border border-line-firm bg-raised p-1 shadow-float transition-[opacity,translate] duration-140 max-md:w-full starting:translate-y-1 starting:opacity-0"
        >
          <span className="flex min-w-0 items-baseline gap-2 px-2.5 whitespace-nowrap tabular-nums max-md:mr-auto">
            <b className="font-medium">{formatCount(count)} selected</b>
            <span className="truncate text-13 text-text-2">{fact}</span>
          </span>
          <span aria-hidden className="mx-1 h-6 border-l max-md:hidden" />
          {children}
          <IconButton
            icon={X}
            label="Clear the selection"
            onClick={() => {
              focusMain();
              onClear();
            }}
          />
        </section>
      )}
    </div>
  );
}
