import { redirect } from 'next/navigation';
import { AdminFrame } from '#components/admin/admin-frame.tsx';
import { UsersScreen } from '#components/admin/users-screen.tsx';
import { adminPaths, parseUsersQuery } from '#components/admin-paths.ts';
import type { SearchParams } from '#components/list-query.ts';
import { orFailureInShell } from '#components/shell/or-failure.tsx';
import { administratorsHead, requireAdministrator } from '#components/shell/require-administrator.ts';
import { listAccountPage } from '#lib/accounts/page.ts';

export const generateMetadata = () => administratorsHead('Users');

async function UsersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { name } = await requireAdministrator();
  const query = parseUsersQuery(await searchParams);
  const { items, total } = await listAccountPage({
    search: query.search || undefined,
    sort: { field: query.sort, direction: query.direction },
    pageIndex: query.page,
    pageSize: query.pageSize,
  });
  const lastPage = Math.max(1, Math.ceil(total / query.pageSize));
  if (query.page > lastPage) redirect(adminPaths.users({ ...query, page: lastPage }));
  return (
    <AdminFrame here={adminPaths.users()}>
      <UsersScreen accounts={items} total={total} query={query} ownName={name} />
    </AdminFrame>
  );
}

export default orFailureInShell(UsersPage);
