import { type ReactNode, useId } from 'react';

/** A group of parts under its name. */
export function PartGroup({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid grid-cols-1 gap-6 border-t py-8">
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** A part in some states, side by side. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-1 gap-2">
      <h3 className="text-13 font-medium text-text-2">{title}</h3>
      <div className="flex flex-wrap items-start gap-3 *:min-w-0">{children}</div>
    </div>
  );
}
