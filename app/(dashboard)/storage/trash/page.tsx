import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { parsePage, paths, type SearchParams } from '#components/paths.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { TrashScreen } from '#components/storage/trash-screen.tsx';
import { countArtifacts, listTrash, TRASH_DAYS } from '#lib/artifacts/trash.ts';
import { storageUsage } from '#lib/artifacts/usage.ts';

export const metadata: Metadata = { title: 'Trash' };

const PAGE_SIZE = 50;

async function TrashPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const page = parsePage(await searchParams);
  const caller = await requireViewer(paths.trash(page));
  const [items, counts, usage] = await Promise.all([
    listTrash({ caller, pageIndex: page, pageSize: PAGE_SIZE }),
    countArtifacts(caller.namespaceId),
    storageUsage(caller.namespaceId),
  ]);
  // The last row of the last page may be gone by now.
  const lastPage = Math.max(1, Math.ceil(counts.trashed / PAGE_SIZE));
  if (page > lastPage) redirect(paths.trash(lastPage));
  return (
    <TrashScreen
      items={items}
      counts={counts}
      usage={usage}
      page={page}
      pageSize={PAGE_SIZE}
      trashDays={TRASH_DAYS}
    />
  );
}

export default orFailureInShell(TrashPage);
