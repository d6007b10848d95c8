import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { SearchParams } from '#components/list-query.ts';
import { parseStorageQuery, paths } from '#components/paths.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { readStorage } from '#components/storage/read-storage.ts';
import { StorageScreen } from '#components/storage/storage-screen.tsx';
import { serverAddress } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Storage' };

async function StoragePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = parseStorageQuery(await searchParams);
  const caller = await requireViewer(paths.storage(query));
  const list = await readStorage(caller, query);
  // The last row of the last page may be gone by now.
  const lastPage = Math.max(1, Math.ceil(list.total / query.pageSize));
  if (query.page > lastPage) redirect(paths.storage({ ...query, page: lastPage }));
  return (
    <StorageScreen {...list} query={query} serverAddress={await serverAddress()} namespace={caller.name} />
  );
}

export default orFailureInShell(StoragePage);
