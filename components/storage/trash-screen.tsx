import { paths } from '#components/paths.ts';
import { type StorageCounts, StorageHead } from '#components/storage/storage-head.tsx';
import { TrashTable } from '#components/storage/trash-table.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import type { TrashedArtifact } from '#lib/artifacts/trash.ts';
import type { StorageUsage } from '#lib/artifacts/usage.ts';

interface TrashScreenProps {
  /** Of this page of the list. */
  items: TrashedArtifact[];
  counts: StorageCounts;
  usage: StorageUsage;
  page: number;
  pageSize: number;
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

/** The Trash page: what was deleted, by whom, until when it can be restored. */
export function TrashScreen({ items, counts, usage, page, pageSize, trashDays }: TrashScreenProps) {
  return (
    <>
      <StorageHead usage={usage} counts={counts} current="trash">
        {`Deleted things stay here for ${trashDays} days. They take none of your space, and nobody can pull them.`}
      </StorageHead>
      {items.length === 0 ? (
        <EmptyTrash trashDays={trashDays} />
      ) : (
        <>
          <TrashTable items={items} isAll={items.length === counts.trashed} />
          <div className="mt-3">
            <Pagination page={page} pageSize={pageSize} total={counts.trashed} hrefOf={paths.trash} />
          </div>
        </>
      )}
    </>
  );
}
