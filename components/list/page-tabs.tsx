import Link from 'next/link';
import { classes } from '#components/ui/classes.ts';
import { formatCount } from '#components/ui/format.ts';

interface PageTabsProps {
  label: string;
  tabs: { id: string; title: string; href: string; count?: number }[];
  /** The id of the open one. */
  current: string;
}

/** The parts of a thing's page; each is a link with an address of its own. */
export function PageTabs({ label, tabs, current }: PageTabsProps) {
  return (
    <nav
      aria-label={label}
      className="mt-3 flex gap-5 overflow-x-auto border-b max-md:-mx-4 max-md:px-4 md:gap-6"
    >
      {tabs.map(({ id, title, href, count }) => (
        <Link
          key={id}
          href={href}
          aria-current={id === current ? 'page' : undefined}
          className={classes(
            '-mb-px flex h-10 items-center gap-1.5 border-b-2 whitespace-nowrap -outline-offset-2 hover:text-text',
            id === current ? 'border-accent font-medium text-text' : 'border-transparent text-text-2',
          )}
        >
          {title}
          {count !== undefined && (
            <span className="text-xs font-normal text-text-3 tabular-nums">{formatCount(count)}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}
