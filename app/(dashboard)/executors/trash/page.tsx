import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { executorPaths, parseExecutorTrashQuery } from '#components/executor-paths.ts';
import { ExecutorTrashScreen } from '#components/executors/executor-trash-screen.tsx';
import { readExecutorTrash } from '#components/executors/read-executors.ts';
import type { SearchParams } from '#components/list-query.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { TRASH_DAYS } from '#lib/artifacts/trash.ts';

export const metadata: Metadata = { title: 'Trash of Executors' };

async function ExecutorTrashPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = parseExecutorTrashQuery(await searchParams);
  const caller = await requireViewer(executorPaths.trash(query));
  const list = await readExecutorTrash(caller, query);
  // The last row of the last page may be gone by now.
  const lastPage = Math.max(1, Math.ceil(list.total / query.pageSize));
  if (query.page > lastPage) redirect(executorPaths.trash({ ...query, page: lastPage }));
  return <ExecutorTrashScreen {...list} query={query} trashDays={TRASH_DAYS} />;
}

export default orFailureInShell(ExecutorTrashPage);
