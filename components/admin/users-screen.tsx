import { UserPlus } from 'lucide-react';
import Link from 'next/link';
import { UserSortMenu } from '#components/admin/user-sort-menu.tsx';
import { UserTable } from '#components/admin/user-table.tsx';
import { adminPaths, type UsersQuery } from '#components/admin-paths.ts';
import { SearchForm } from '#components/list/search-form.tsx';
import type { AccountRow } from '#lib/accounts/page.ts';

interface UsersScreenProps {
  /** Of this page of the list. */
  accounts: AccountRow[];
  /** Of all pages. */
  total: number;
  query: UsersQuery;
  ownName: string;
}

/** Who has an account, and how much of their space they use. */
export function UsersScreen({ accounts, total, query, ownName }: UsersScreenProps) {
  return (
    <>
      <h2>Users</h2>
      <div className="my-3 flex flex-wrap gap-2">
        <SearchForm
          search={query.search}
          list={adminPaths.users({ ...query, search: '', page: 1 })}
          label="Name or e-mail"
        />
        <UserSortMenu query={query} />
        <Link
          href={adminPaths.invitations()}
          className="ml-auto inline-flex h-8 items-center gap-2 rounded-md border border-line-firm bg-raised px-3 font-medium hover:bg-hover"
        >
          <UserPlus aria-hidden size={16} />
          Invite
        </Link>
      </div>
      {total === 0 ? (
        <p className="border-y py-12 text-center font-medium wrap-anywhere">Nobody is called so.</p>
      ) : (
        <UserTable accounts={accounts} total={total} query={query} ownName={ownName} />
      )}
    </>
  );
}
