import { ListTabs } from '#components/list/list-tabs.tsx';
import { paths } from '#components/paths.ts';
import { Usage } from '#components/storage/usage.tsx';
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
  return <ListTabs label="Storage" tabs={tabs} current={current} />;
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
