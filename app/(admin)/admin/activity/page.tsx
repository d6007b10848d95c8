import { AdminFrame } from '#components/admin/admin-frame.tsx';
import { AllActsScreen } from '#components/admin/all-acts-screen.tsx';
import { adminPaths } from '#components/admin-paths.ts';
import type { SearchParams } from '#components/list-query.ts';
import { parseActivityQuery } from '#components/paths.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { administratorsHead, requireAdministrator } from '#components/shell/require-administrator.ts';
import { listAllActs } from '#lib/audit/list-all.ts';
import { env } from '#lib/env.ts';

export const generateMetadata = () => administratorsHead('Activity of everybody');

const PAGE_SIZE = 50;

async function AllActsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireAdministrator();
  const query = parseActivityQuery(await searchParams);
  const { search, kind, page } = query;
  const list = { search: search || undefined, kind: kind ?? undefined, pageIndex: page, pageSize: PAGE_SIZE };
  const { items, total } = await listAllActs(list);
  return (
    <AdminFrame here={adminPaths.activity()}>
      <AllActsScreen
        acts={items}
        total={total}
        query={query}
        pageSize={PAGE_SIZE}
        auditDays={env().AUDIT_DAYS}
      />
    </AdminFrame>
  );
}

export default orFailureInShell(AllActsPage);
