import type { Metadata } from 'next';
import { notFound, unstable_rethrow } from 'next/navigation';
import { cache } from 'react';
import { ArtifactView } from '#components/artifact/artifact-view.tsx';
import { parseArtifactSegments } from '#components/artifact-path.ts';
import type { SearchParams } from '#components/list-query.ts';
import { parseArtifactQuery } from '#components/paths.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { titleOf } from '#components/storage/artifact-name.tsx';
import { getArtifactPage } from '#lib/artifacts/get-artifact-page.ts';
import { currentViewer } from '#lib/http/viewer.ts';

interface ArtifactPageProps {
  params: Promise<{ namespace: string; name: string[] }>;
  searchParams: Promise<SearchParams>;
}

/** Once a request, for the title and the page. */
const findArtifact = cache(async (params: ArtifactPageProps['params']) => {
  const { namespace, name } = await params;
  const address = parseArtifactSegments([namespace, ...name]);
  const caller = await currentViewer();
  const artifact = address && (await getArtifactPage({ caller, namespace: address.namespace, ref: address }));
  return artifact ?? notFound();
});

export async function generateMetadata({ params }: ArtifactPageProps): Promise<Metadata> {
  try {
    return { title: titleOf(await findArtifact(params)) };
  } catch (error) {
    unstable_rethrow(error);
    // The page says what failed.
    return {};
  }
}

async function ArtifactPage({ params, searchParams }: ArtifactPageProps) {
  const artifact = await findArtifact(params);
  const query = parseArtifactQuery(await searchParams);
  return <ArtifactView artifact={artifact} query={query} />;
}

export default orFailureInShell(ArtifactPage);
