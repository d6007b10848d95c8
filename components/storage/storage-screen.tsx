import { paths, type StorageQuery } from '#components/paths.ts';
import { ArtifactTable } from '#components/storage/artifact-table.tsx';
import { EmptyStorage } from '#components/storage/empty-storage.tsx';
import { NoMatch } from '#components/storage/no-match.tsx';
import { SearchForm } from '#components/storage/search-form.tsx';
import { SortMenu } from '#components/storage/sort-menu.tsx';
import { type StorageCounts, StorageHead } from '#components/storage/storage-head.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import type { ArtifactSummary } from '#lib/artifacts/page.ts';
import type { StorageUsage } from '#lib/artifacts/usage.ts';

interface StorageScreenProps {
  items: ArtifactSummary[];
  /** Of all pages. */
  total: number;
  pageSize: number;
  query: StorageQuery;
  usage: StorageUsage;
  counts: StorageCounts;
  serverAddress: string;
  namespace: string;
}

type ListProps = Pick<StorageScreenProps, 'items' | 'total' | 'pageSize' | 'query'>;

function ArtifactList({ items, total, pageSize, query }: ListProps) {
  return (
    <>
      <div className="my-3 flex gap-2">
        <SearchForm query={query} />
        <SortMenu query={query} />
      </div>
      {total === 0 ? (
        <NoMatch search={query.search} />
      ) : (
        <>
          <ArtifactTable items={items} query={query} />
          <div className="mt-3">
            <Pagination
              page={query.page}
              pageSize={pageSize}
              total={total}
              hrefOf={(page) => paths.storage({ ...query, page })}
            />
          </div>
        </>
      )}
    </>
  );
}

/** The Storage page: the space, the list or what to do while it is empty. */
export function StorageScreen({ usage, counts, serverAddress, namespace, ...list }: StorageScreenProps) {
  const isEmpty = list.total === 0 && !list.query.search;
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
          namespace={namespace}
          quotaBytes={usage.quotaBytes}
          retentionDays={usage.retentionDays}
        />
      ) : (
        <ArtifactList {...list} />
      )}
    </>
  );
}
