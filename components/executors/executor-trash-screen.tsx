import { type ExecutorTrashQuery, executorPaths } from '#components/executor-paths.ts';
import { ExecutorTrashTable } from '#components/executors/executor-trash-table.tsx';
import { ExecutorsHead } from '#components/executors/executors-head.tsx';
import type { ExecutorCounts } from '#components/executors/read-executors.ts';
import { Nothing } from '#components/list/nothing.tsx';
import { SearchForm } from '#components/list/search-form.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import type { TrashedExecutor } from '#lib/executors/trash-list.ts';

interface ExecutorTrashScreenProps {
  /** Of this page of the list. */
  items: TrashedExecutor[];
  /** Of all pages. */
  total: number;
  query: ExecutorTrashQuery;
  counts: ExecutorCounts;
  trashDays: number;
}

/** The Executors that were deleted, until when they can be restored. */
export function ExecutorTrashScreen({ counts, trashDays, ...list }: ExecutorTrashScreenProps) {
  const { total, query } = list;
  return (
    <>
      <ExecutorsHead counts={counts} current="trash">
        {`Deleted Executors stay here for ${trashDays} days. They take none of your space, and nobody can use them.`}
      </ExecutorsHead>
      {total === 0 && query.search === '' ? (
        <div className="mt-6 border-y py-12 text-center">
          <p className="font-medium">The trash is empty.</p>
          <p className="mt-1 text-text-2">An Executor that you delete waits here for {trashDays} days.</p>
        </div>
      ) : (
        <>
          <div className="my-3 flex flex-wrap gap-2">
            <SearchForm search={query.search} list={executorPaths.trash({ ...query, search: '', page: 1 })} />
          </div>
          {total === 0 ? (
            <Nothing clear="Clear the search" href={executorPaths.trash({ pageSize: query.pageSize })}>
              No Executor in the trash has <Bdi className="font-semibold">{query.search}</Bdi> in its name.
            </Nothing>
          ) : (
            <ExecutorTrashTable {...list} />
          )}
        </>
      )}
    </>
  );
}
