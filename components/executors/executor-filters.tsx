'use client';

import { ArrowDownWideNarrow, CaseSensitive, CircleX, Clock, CloudDownload, Globe } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ExecutorQuery, executorPaths, firstExecutorDirection } from '#components/executor-paths.ts';
import { ACCESS_FILTERS } from '#components/list/access-menu.tsx';
import { ChoiceChip, ToggleChip } from '#components/list/filter-chip.tsx';
import { SortButton } from '#components/list/sort-button.tsx';

const SORTS = [
  { value: 'updatedAt', label: 'Updated last', icon: Clock },
  { value: 'name', label: 'Name', icon: CaseSensitive },
  { value: 'size', label: 'Largest', icon: ArrowDownWideNarrow },
  { value: 'pulls', label: 'Pulled most', icon: CloudDownload },
  { value: 'visibility', label: 'Public first', icon: Globe },
] as const;

interface ExecutorFiltersProps {
  query: ExecutorQuery;
  /** Of how many the last push failed. */
  failedCount: number;
}

/** What the list is narrowed to, besides the name, and its order on a phone. */
export function ExecutorFilters({ query, failedCount }: ExecutorFiltersProps) {
  const router = useRouter();
  return (
    <>
      <ChoiceChip
        label="Access"
        value={query.access}
        choices={ACCESS_FILTERS}
        hrefOf={(access) => executorPaths.list({ ...query, access, page: 1 })}
      />
      <ToggleChip
        label="Failed"
        icon={CircleX}
        isOn={query.isFailed}
        count={failedCount}
        href={executorPaths.list({ ...query, isFailed: !query.isFailed, page: 1 })}
        removeLabel="Remove the filter by failure"
      />
      <SortButton
        value={query.sort}
        choices={SORTS}
        onChange={(sort) =>
          router.replace(
            executorPaths.list({ ...query, sort, direction: firstExecutorDirection(sort), page: 1 }),
            { scroll: false },
          )
        }
      />
    </>
  );
}
