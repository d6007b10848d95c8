import type { ReactNode } from 'react';

/** The name of a key as a key. */
export function Key({ children }: { children: string }) {
  return (
    <kbd className="min-w-4.5 rounded-sm border border-line-firm bg-page px-1 text-center font-sans text-11 font-medium text-text-2">
      {children}
    </kbd>
  );
}

/** A key, and what it does. */
export function KeyHint({ keys, children }: { keys: string[]; children: ReactNode }) {
  return (
    <span className="flex items-center gap-1 text-xs text-text-3">
      {keys.map((key) => (
        <Key key={key}>{key}</Key>
      ))}
      {children}
    </span>
  );
}
