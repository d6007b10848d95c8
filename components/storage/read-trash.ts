import type { TrashQuery } from '#components/paths.ts';
import type { StorageCounts } from '#components/storage/storage-head.tsx';
import { countArtifacts, listTrash, type TrashedArtifact } from '#lib/artifacts/trash.ts';
import { type StorageUsage, storageUsage } from '#lib/artifacts/usage.ts';
import type { Caller } from '#lib/auth/caller.ts';

interface TrashList {
  items: TrashedArtifact[];
  /** Of all pages. */
  total: number;
  usage: StorageUsage;
  counts: StorageCounts;
}

/** What the Trash page shows of the caller's own, for its query. */
export async function readTrash({ namespaceId }: Caller, query: TrashQuery): Promise<TrashList> {
  const [list, usage, counts] = await Promise.all([
    listTrash({
      namespaceId,
      search: query.search || undefined,
      sort: { field: query.sort, direction: query.direction },
      pageIndex: query.page,
      pageSize: query.pageSize,
    }),
    storageUsage(namespaceId),
    countArtifacts(namespaceId),
  ]);
  return { ...list, usage, counts };
}
