import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { executorPaths, parseHubQuery } from '#components/executor-paths.ts';
import { HubScreen } from '#components/hub/hub-screen.tsx';
import { HUB_PAGE_SIZE, readHub } from '#components/hub/read-hub.ts';
import type { SearchParams } from '#components/list-query.ts';
import { GuestShell } from '#components/shell/guest-shell.tsx';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { systemClock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { serverAddress } from '#lib/http/page.ts';
import { currentViewer } from '#lib/http/viewer.ts';

export function generateMetadata(): Metadata {
  const isIndexed = env().ROBOTS === 'index';
  return { title: 'Hub', robots: { index: isIndexed, follow: isIndexed } };
}

async function HubPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = parseHubQuery(await searchParams);
  const hub = await readHub(query);
  const lastPage = Math.max(1, Math.ceil(hub.total / HUB_PAGE_SIZE));
  if (query.page > lastPage) redirect(executorPaths.hub({ ...query, page: lastPage }));
  const screen = <HubScreen {...hub} query={query} host={new URL(await serverAddress()).host} />;
  if (await currentViewer()) return screen;
  return (
    <GuestShell serverNow={systemClock.now().getTime()} here={executorPaths.hub(query)}>
      {screen}
    </GuestShell>
  );
}

export default orFailureInShell(HubPage);
