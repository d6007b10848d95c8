import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface MethodRowProps {
  icon: LucideIcon;
  title: ReactNode;
  facts: ReactNode;
  /** What can be done with it. */
  children: ReactNode;
}

/** One way to sign in: what it is, and what can be done with it. */
export function MethodRow({ icon: Icon, title, facts, children }: MethodRowProps) {
  return (
    <li className="flex min-h-14 items-center gap-3 border-b px-4 py-2 last:border-0">
      <Icon aria-hidden size={16} className="shrink-0 text-text-2" />
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">{title}</p>
        <p className="text-13 text-text-2 wrap-anywhere">{facts}</p>
      </div>
      {children}
    </li>
  );
}
