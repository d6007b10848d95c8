import Link from 'next/link';
import { classes } from '#components/ui/classes.ts';
import { formatCount } from '#components/ui/format.ts';

interface ListTabsProps {
  label: string;
  tabs: { id: string; title: string; href: string; count: number }[];
  /** The id of the open one. */
  current: string;
}

/** The way between lists that belong together, each with how much is on it. */
export function ListTabs({ label, tabs, current }: ListTabsProps) {
  return (
    <nav aria-label={label} className="mt-4 flex gap-6 border-b">
      {tabs.map(({ id, title, href, count }) => (
        <Link
          key={id}
          href={href}
          aria-current={id === current ? 'page' : undefined}
          className={classes(
            '-mb-px flex h-10 items-center gap-2 border-b-2',
            id === current
              ? 'border-accent font-medium text-text'
              : 'border-transparent text-text-2 hover:text-text',
          )}
        >
          {title}
          <span className="text-xs font-normal text-text-3 tabular-nums">{formatCount(count)}</span>
        </Link>
      ))}
    </nav>
  );
}
