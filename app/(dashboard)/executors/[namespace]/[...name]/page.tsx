import type { Metadata } from 'next';
import { notFound, unstable_rethrow } from 'next/navigation';
import { cache } from 'react';
import { parseArtifactSegments } from '#components/artifact-path.ts';
import { ExecutorScreen } from '#components/executor/executor-view.tsx';
import { parseExecutorView } from '#components/executor-paths.ts';
import type { SearchParams } from '#components/list-query.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { env } from '#lib/env.ts';
import { getExecutorPage } from '#lib/executors/executor-page.ts';
import { currentViewer } from '#lib/http/viewer.ts';

interface ExecutorPageProps {
  params: Promise<{ namespace: string; name: string[] }>;
  searchParams: Promise<SearchParams>;
}

/** Once a request, for the title and the page. */
const findExecutor = cache(async (props: ExecutorPageProps) => {
  const { namespace, name } = await props.params;
  const { tag } = parseExecutorView(await props.searchParams);
  const address = parseArtifactSegments([namespace, ...name]);
  const caller = await currentViewer();
  const page =
    address && (await getExecutorPage({ caller, namespace: address.namespace, ref: address, tag }));
  return page ?? notFound();
});

export async function generateMetadata(props: ExecutorPageProps): Promise<Metadata> {
  try {
    const { name, visibility, description } = await findExecutor(props);
    const isIndexed = visibility === 'public' && env().ROBOTS === 'index';
    const robots = { index: isIndexed, follow: isIndexed };
    return { title: name, description: description ?? undefined, robots };
  } catch (error) {
    unstable_rethrow(error);
    // The page says what failed.
    return {};
  }
}

async function ExecutorPage(props: ExecutorPageProps) {
  return (
    <ExecutorScreen executor={await findExecutor(props)} view={parseExecutorView(await props.searchParams)} />
  );
}

export default orFailureInShell(ExecutorPage);
