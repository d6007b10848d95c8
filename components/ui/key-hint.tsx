import type { ReactNode } from 'react';

/** A key, and what it does. */
export function KeyHint({ keys, children }: { keys: string[]; children: ReactNode }) {
  return (
    <span className="flex items-center gap-1 text-xs text-text-3">
      {keys.map((key) => (
        <kbd
          key={key}
          className="min-w-4.5 rounded-sm border border-line-firm bg-page px-1 text-center font-sans text-11 font-medium text-text-2"
        >
          {key}
        </kbd>
      ))}
      {children}
    </span>
  );
}
