import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { executorPaths, parseExecutorQuery } from '#components/executor-paths.ts';
import { ExecutorsScreen } from '#components/executors/executors-screen.tsx';
import { readExecutors } from '#components/executors/read-executors.ts';
import type { SearchParams } from '#components/list-query.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { serverAddress } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Executors' };

async function ExecutorsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = parseExecutorQuery(await searchParams);
  const caller = await requireViewer(executorPaths.list(query));
  const list = await readExecutors(caller, query);
  // The last row of the last page may be gone by now.
  const lastPage = Math.max(1, Math.ceil(list.total / query.pageSize));
  if (query.page > lastPage) redirect(executorPaths.list({ ...query, page: lastPage }));
  return (
    <ExecutorsScreen {...list} query={query} serverAddress={await serverAddress()} namespace={caller.name} />
  );
}

export default orFailureInShell(ExecutorsPage);
