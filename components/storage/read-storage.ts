import type { StorageQuery } from '#components/paths.ts';
import type { StorageCounts } from '#components/storage/storage-head.tsx';
import { countExpiring } from '#lib/artifacts/count-expiring.ts';
import { DOCUMENT_ARRAY } from '#lib/artifacts/documents.ts';
import { type ArtifactSummary, listArtifactPage } from '#lib/artifacts/page.ts';
import { countArtifacts } from '#lib/artifacts/trash.ts';
import { type StorageUsage, storageUsage } from '#lib/artifacts/usage.ts';
import type { Caller } from '#lib/auth/caller.ts';
import { DAY_MS, systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';

interface StorageList {
  items: ArtifactSummary[];
  /** Of all pages. */
  total: number;
  /** How many are over within a day. */
  expiringCount: number;
  usage: StorageUsage;
  counts: StorageCounts;
  /** The longest that something may be kept, in days; null: for ever. */
  maxKeepDays: number | null;
}

/** What the Storage page shows of the caller's own, for its query. */
export async function readStorage(caller: Caller, query: StorageQuery): Promise<StorageList> {
  const soon = new Date(systemClock.now().getTime() + DAY_MS);
  const [list, usage, expiringCount, counts] = await Promise.all([
    listArtifactPage({
      caller,
      search: query.search || undefined,
      filter: {
        ...(query.type === 'documentArray' && { type: DOCUMENT_ARRAY }),
        ...(query.access && { visibility: query.access }),
      },
      exceptType: query.type === 'other' ? DOCUMENT_ARRAY : undefined,
      expiresBefore: query.isExpiring ? soon : undefined,
      sort: { field: query.sort, direction: query.direction },
      pageIndex: query.page,
      pageSize: query.pageSize,
    }),
    storageUsage(caller.namespaceId),
    countExpiring(caller.namespaceId, soon),
    countArtifacts(caller.namespaceId),
  ]);
  return { ...list, usage, expiringCount, counts, maxKeepDays: env().MAX_RETENTION_DAYS ?? null };
}
