import Link from 'next/link';
import { paths } from '#components/paths.ts';
import { Usage } from '#components/storage/usage.tsx';
import { classes } from '#components/ui/classes.ts';
import { formatCount } from '#components/ui/format.ts';
import type { StorageUsage } from '#lib/artifacts/usage.ts';

/** How much lies on each of the two pages. */
export interface StorageCounts {
  live: number;
  trashed: number;
}

interface StorageHeadProps {
  /** What the page is about, in a sentence. */
  children: string;
  usage: StorageUsage;
  counts: StorageCounts;
  current: 'artifacts' | 'trash';
}

function StorageTabs({ counts, current }: Pick<StorageHeadProps, 'counts' | 'current'>) {
  const tabs = [
    { id: 'artifacts', title: 'Artifacts', href: paths.storage(), count: counts.live },
    { id: 'trash', title: 'Trash', href: paths.trash(), count: counts.trashed },
  ];
  return (
    <nav aria-label="Storage" className="mt-4 flex gap-6 border-b">
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

/** The head of the Storage pages: the title, the space, and the way between what is kept and what was deleted. */
export function StorageHead({ children, usage, counts, current }: StorageHeadProps) {
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-12 gap-y-4 md:flex-nowrap">
        <div>
          <h1>Storage</h1>
          <p className="mt-0.5 text-text-2">{children}</p>
        </div>
        <Usage usage={usage} />
      </div>
      <StorageTabs counts={counts} current={current} />
    </>
  );
}
