import { SearchForm } from '#components/list/search-form.tsx';
import { isNarrowed, paths, type StorageQuery } from '#components/paths.ts';
import { ArtifactTable } from '#components/storage/artifact-table.tsx';
import { EmptyStorage } from '#components/storage/empty-storage.tsx';
import { FilterChips } from '#components/storage/filter-chips.tsx';
import { NoMatch } from '#components/storage/no-match.tsx';
import { SortMenu } from '#components/storage/sort-menu.tsx';
import { type StorageCounts, StorageHead } from '#components/storage/storage-head.tsx';
import type { ArtifactSummary } from '#lib/artifacts/page.ts';
import type { StorageUsage } from '#lib/artifacts/usage.ts';

interface StorageScreenProps {
  items: ArtifactSummary[];
  /** Of all pages. */
  total: number;
  query: StorageQuery;
  /** How many are over within a day. */
  expiringCount: number;
  usage: StorageUsage;
  counts: StorageCounts;
  serverAddress: string;
  namespace: string;
  /** The longest that something may be kept, in days; null: for ever. */
  maxKeepDays: number | null;
}

type ListProps = Pick<
  StorageScreenProps,
  'items' | 'total' | 'query' | 'expiringCount' | 'namespace' | 'maxKeepDays'
>;

function ArtifactList({ expiringCount, ...list }: ListProps) {
  const { total, query } = list;
  return (
    <>
      <div className="my-3 flex flex-wrap gap-2">
        <SearchForm search={query.search} list={paths.storage({ ...query, search: '', page: 1 })} />
        <FilterChips query={query} expiringCount={expiringCount} />
        <SortMenu query={query} />
      </div>
      {total === 0 ? <NoMatch query={query} /> : <ArtifactTable {...list} />}
    </>
  );
}

/** The Storage page: the space, the list or what to do while it is empty. */
export function StorageScreen({ usage, counts, serverAddress, ...list }: StorageScreenProps) {
  const isEmpty = list.total === 0 && !isNarrowed(list.query);
  return (
    <>
      <StorageHead usage={usage} counts={counts} current="artifacts">
        {isEmpty
          ? 'Nothing here yet. Push a DocumentArray from Python and it appears below.'
          : 'What you pushed, who may pull it, and until when it stays.'}
      </StorageHead>
      {isEmpty ? (
        <EmptyStorage
          serverAddress={serverAddress}
          namespace={list.namespace}
          quotaBytes={usage.quotaBytes}
          retentionDays={usage.retentionDays}
        />
      ) : (
        <ArtifactList {...list} />
      )}
    </>
  );
}
