'use client';

import { type ReactNode, useId } from 'react';

interface SettingsRowProps {
  title: string;
  help: string;
  isDanger?: boolean;
  children: (titleId: string) => ReactNode;
}

/** What it is and what it costs on the left, the control on the right. */
export function SettingsRow({ title, help, isDanger, children }: SettingsRowProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-12 gap-y-3 border-t py-6 first:border-0 first:pt-0 wide:grid-cols-[256px_minmax(0,1fr)]"
    >
      <header>
        <h2 id={id} className={isDanger ? 'text-danger' : undefined}>
          {title}
        </h2>
        <p className="mt-1 text-13 text-text-2">{help}</p>
      </header>
      <div className="min-w-0 wide:max-w-184">{children(id)}</div>
    </section>
  );
}
