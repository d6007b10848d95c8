import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { parseStorageQuery, paths, type SearchParams } from '#components/paths.ts';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { StorageScreen } from '#components/storage/storage-screen.tsx';
import { listArtifactPage } from '#lib/artifacts/page.ts';
import { countArtifacts } from '#lib/artifacts/trash.ts';
import { storageUsage } from '#lib/artifacts/usage.ts';
import { serverAddress } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Storage' };

const PAGE_SIZE = 50;

export default async function StoragePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = parseStorageQuery(await searchParams);
  const caller = await requireViewer(paths.storage(query));
  const [{ items, total }, usage, counts] = await Promise.all([
    listArtifactPage({
      caller,
      search: query.search || undefined,
      sort: { field: query.sort, direction: query.direction },
      pageIndex: query.page,
      pageSize: PAGE_SIZE,
    }),
    storageUsage(caller.namespaceId),
    countArtifacts(caller.namespaceId),
  ]);
  // The last row of the last page may be gone by now.
  const lastPage = Math.max(1, Math.ceil(total / PAGE_SIZE));
  if (query.page > lastPage) redirect(paths.storage({ ...query, page: lastPage }));
  return (
    <StorageScreen
      items={items}
      total={total}
      pageSize={PAGE_SIZE}
      query={query}
      usage={usage}
      counts={counts}
      serverAddress={await serverAddress()}
      namespace={caller.name}
    />
  );
}
