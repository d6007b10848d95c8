import { SearchForm } from '#components/list/search-form.tsx';
import { paths, type TrashQuery } from '#components/paths.ts';
import { EmptyTrashButton } from '#components/storage/empty-trash-button.tsx';
import { NoMatchInTrash } from '#components/storage/no-match.tsx';
import { type StorageCounts, StorageHead } from '#components/storage/storage-head.tsx';
import { TrashSortMenu } from '#components/storage/trash-sort-menu.tsx';
import { TrashTable } from '#components/storage/trash-table.tsx';
import type { TrashedArtifact } from '#lib/artifacts/trash.ts';
import type { StorageUsage } from '#lib/artifacts/usage.ts';

interface TrashScreenProps {
  /** Of this page of the list. */
  items: TrashedArtifact[];
  /** Of all pages. */
  total: number;
  query: TrashQuery;
  counts: StorageCounts;
  usage: StorageUsage;
  trashDays: number;
}

function EmptyTrash({ trashDays }: { trashDays: number }) {
  return (
    <div className="mt-6 border-y py-12 text-center">
      <p className="font-medium">The trash is empty.</p>
      <p className="mt-1 text-text-2">
        What you delete, and what reaches the end of its time, waits here for {trashDays} days.
      </p>
    </div>
  );
}

function TrashList({ items, total, query }: Pick<TrashScreenProps, 'items' | 'total' | 'query'>) {
  const isWhole = query.search === '' && items.length === total;
  return (
    <>
      <div className="my-3 flex flex-wrap gap-2">
        <SearchForm search={query.search} list={paths.trash({ ...query, search: '', page: 1 })} />
        <TrashSortMenu query={query} />
        {isWhole && <EmptyTrashButton items={items} />}
      </div>
      {total === 0 ? (
        <NoMatchInTrash query={query} />
      ) : (
        <TrashTable items={items} total={total} query={query} />
      )}
    </>
  );
}

/** The Trash page: what was deleted, by whom, until when it can be restored. */
export function TrashScreen({ usage, counts, trashDays, ...list }: TrashScreenProps) {
  return (
    <>
      <StorageHead usage={usage} counts={counts} current="trash">
        {`Deleted things stay here for ${trashDays} days. They take none of your space, and nobody can pull them.`}
      </StorageHead>
      {list.total === 0 && list.query.search === '' ? (
        <EmptyTrash trashDays={trashDays} />
      ) : (
        <TrashList {...list} />
      )}
    </>
  );
}
