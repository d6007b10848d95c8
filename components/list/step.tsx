import type { ReactNode } from 'react';

/** One of several things to do, in their order; for an `ol`. */
export function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[24px_minmax(0,1fr)] gap-3">
      <span
        aria-hidden
        className="grid size-6 place-items-center rounded-full border border-line-firm text-xs font-medium text-text-2"
      >
        {number}
      </span>
      <div className="grid min-w-0 grid-cols-1 gap-2">
        <h2 className="text-sm leading-6">{title}</h2>
        {children}
      </div>
    </li>
  );
}
