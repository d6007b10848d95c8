import type { Metadata } from 'next';
import { ActivityScreen } from '#components/activity/activity-screen.tsx';
import type { SearchParams } from '#components/list-query.ts';
import { parseActivityQuery, paths } from '#components/paths.ts';
import { SettingsFrame } from '#components/settings/settings-frame.tsx';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { requireViewer } from '#components/shell/require-viewer.ts';
import { listActs } from '#lib/audit/list.ts';
import { env } from '#lib/env.ts';

export const metadata: Metadata = { title: 'Activity' };

const PAGE_SIZE = 50;

async function ActivityPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = parseActivityQuery(await searchParams);
  const { name, userId } = await requireViewer(paths.activity(query));
  const { search, kind, page } = query;
  const { items, total } = await listActs({
    namespace: name,
    userId,
    search: search || undefined,
    kind: kind ?? undefined,
    pageIndex: page,
    pageSize: PAGE_SIZE,
  });
  return (
    <SettingsFrame here={paths.activity()}>
      <ActivityScreen
        acts={items}
        total={total}
        query={query}
        pageSize={PAGE_SIZE}
        auditDays={env().AUDIT_DAYS}
      />
    </SettingsFrame>
  );
}

export default orFailureInShell(ActivityPage);
