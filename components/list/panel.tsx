import { type ReactNode, useId } from 'react';

interface PanelProps {
  title: string;
  /** Where its facts come from, such as "Read from the stored bytes"; or a control. */
  source?: ReactNode;
  children: ReactNode;
}

/** A box with a heading beside the page's main column. */
export function Panel({ title, source, children }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-lg border bg-raised">
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 border-b px-4 py-1.5">
        <h2 id={id} className="text-sm">
          {title}
        </h2>
        {source && <span className="text-xs text-text-2">{source}</span>}
      </header>
      {children}
    </section>
  );
}

interface FactListProps {
  facts: { term: string; fact: ReactNode; isMono?: boolean }[];
}

/** Terms on the left, what is so on the right. */
export function FactList({ facts }: FactListProps) {
  return (
    <dl className="px-4 py-1.5 text-13">
      {facts.map(({ term, fact, isMono }) => (
        <div
          key={term}
          className="grid grid-cols-[112px_minmax(0,1fr)] items-center gap-3 border-b py-1.5 last:border-0"
        >
          <dt className="text-text-2">{term}</dt>
          <dd className={isMono ? 'font-mono text-xs/5 wrap-anywhere' : 'tabular-nums wrap-anywhere'}>
            {fact}
          </dd>
        </div>
      ))}
    </dl>
  );
}
