import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { SearchParams } from '#components/list-query.ts';
import { parseTrashQuery, paths } from '#components/paths.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { readTrash } from '#components/storage/read-trash.ts';
import { TrashScreen } from '#components/storage/trash-screen.tsx';
import { TRASH_DAYS } from '#lib/artifacts/trash.ts';

export const metadata: Metadata = { title: 'Trash' };

async function TrashPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = parseTrashQuery(await searchParams);
  const caller = await requireViewer(paths.trash(query));
  const list = await readTrash(caller, query);
  // The last row of the last page may be gone by now.
  const lastPage = Math.max(1, Math.ceil(list.total / query.pageSize));
  if (query.page > lastPage) redirect(paths.trash({ ...query, page: lastPage }));
  return <TrashScreen {...list} query={query} trashDays={TRASH_DAYS} />;
}

export default orFailureInShell(TrashPage);
