import { Download } from 'lucide-react';
import { ActTable } from '#components/activity/act-table.tsx';
import { KindChips } from '#components/activity/kind-chips.tsx';
import { SearchForm } from '#components/list/search-form.tsx';
import { type ActivityQuery, paths } from '#components/paths.ts';
import { Pagination } from '#components/ui/pagination.tsx';
import type { Act } from '#lib/audit/list.ts';

interface ActivityScreenProps {
  /** Of this page. */
  acts: Act[];
  /** Of all pages. */
  total: number;
  query: ActivityQuery;
  pageSize: number;
  /** How long they are kept. */
  auditDays: number;
}

/** Who did what with the account and its things. */
export function ActivityScreen({ acts, total, query, pageSize, auditDays }: ActivityScreenProps) {
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2>Activity</h2>
          <p className="mt-0.5 text-text-2">
            Who did what with your account and your things. Kept for {auditDays} days; nobody can change it.
          </p>
        </div>
        <a
          href={paths.activityFile()}
          download
          className="inline-flex h-8 items-center gap-2 rounded-md border border-line-firm bg-raised px-3 font-medium hover:bg-hover"
        >
          <Download aria-hidden size={16} />
          CSV
        </a>
      </div>
      <div className="flex flex-wrap gap-2">
        <SearchForm
          search={query.search}
          list={paths.activity({ ...query, search: '', page: 1 })}
          label="Filter by name or address"
        />
        <KindChips query={query} hrefOf={paths.activity} />
      </div>
      {acts.length === 0 ? (
        <p className="border-y py-12 text-center font-medium">Nothing like it was done.</p>
      ) : (
        <ActTable acts={acts} />
      )}
      <Pagination
        page={query.page}
        pageSize={pageSize}
        total={total}
        hrefOf={(page) => paths.activity({ ...query, page })}
      />
    </div>
  );
}
