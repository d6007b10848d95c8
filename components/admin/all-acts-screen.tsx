import { KindChips } from '#components/activity/kind-chips.tsx';
import { AllActsTable } from '#components/admin/all-acts-table.tsx';
import { adminPaths } from '#components/admin-paths.ts';
import { SearchForm } from '#components/list/search-form.tsx';
import type { ActivityQuery } from '#components/paths.ts';
import { Pagination } from '#components/ui/pagination.tsx';
import type { AnyAct } from '#lib/audit/list-all.ts';

interface AllActsScreenProps {
  /** Of this page. */
  acts: AnyAct[];
  /** Of all pages. */
  total: number;
  query: ActivityQuery;
  pageSize: number;
  /** How long they are kept. */
  auditDays: number;
}

/** Who did what, everybody's. */
export function AllActsScreen({ acts, total, query, pageSize, auditDays }: AllActsScreenProps) {
  return (
    <div className="grid grid-cols-1 gap-4">
      <div>
        <h2>Activity</h2>
        <p className="mt-0.5 text-text-2">
          Who did what on this server. Kept for {auditDays} days; nobody can change it.
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <SearchForm
          search={query.search}
          list={adminPaths.activity({ ...query, search: '', page: 1 })}
          label="Filter by name or address"
        />
        <KindChips query={query} hrefOf={adminPaths.activity} />
      </div>
      {acts.length === 0 ? (
        <p className="border-y py-12 text-center font-medium">Nothing like it was done.</p>
      ) : (
        <AllActsTable acts={acts} />
      )}
      <Pagination
        page={query.page}
        pageSize={pageSize}
        total={total}
        hrefOf={(page) => adminPaths.activity({ ...query, page })}
      />
    </div>
  );
}
