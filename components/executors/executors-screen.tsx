import { type ExecutorQuery, executorPaths, isNarrowedList } from '#components/executor-paths.ts';
import { EmptyExecutors } from '#components/executors/empty-executors.tsx';
import { ExecutorFilters } from '#components/executors/executor-filters.tsx';
import { ExecutorTable } from '#components/executors/executor-table.tsx';
import { ExecutorsHead } from '#components/executors/executors-head.tsx';
import type { ExecutorCounts } from '#components/executors/read-executors.ts';
import { Nothing } from '#components/list/nothing.tsx';
import { SearchForm } from '#components/list/search-form.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import type { FirstPush } from '#lib/executors/last-push.ts';
import type { ExecutorSummary } from '#lib/executors/own-list.ts';

interface ExecutorsScreenProps {
  items: ExecutorSummary[];
  /** Of all pages. */
  total: number;
  query: ExecutorQuery;
  counts: ExecutorCounts;
  firstPushes: FirstPush[];
  /** Whether this server builds images. */
  isBuilding: boolean;
  serverAddress: string;
  namespace: string;
}

function NoMatch({ query }: { query: ExecutorQuery }) {
  const { search, access, isFailed } = query;
  const words = [access && `is ${access}`, isFailed && 'failed at the last push']
    .filter(Boolean)
    .join(' and ');
  return (
    <Nothing
      clear={words ? 'Clear the filters' : 'Clear the search'}
      href={executorPaths.list({ pageSize: query.pageSize })}
    >
      No Executor of yours {words}
      {search && (
        <>
          {words && ' and'} has <Bdi className="font-semibold">{search}</Bdi> in its name
        </>
      )}
      .
    </Nothing>
  );
}

function ExecutorList({
  counts,
  ...list
}: Pick<ExecutorsScreenProps, 'items' | 'total' | 'query' | 'counts' | 'firstPushes' | 'isBuilding'>) {
  const { total, query } = list;
  return (
    <>
      <div className="my-3 flex flex-wrap gap-2">
        <SearchForm search={query.search} list={executorPaths.list({ ...query, search: '', page: 1 })} />
        <ExecutorFilters query={query} failedCount={counts.failed} />
      </div>
      {total === 0 ? <NoMatch query={query} /> : <ExecutorTable {...list} />}
    </>
  );
}

/** The Executors page: the list, or what to do while it is empty. */
export function ExecutorsScreen({ serverAddress, namespace, ...list }: ExecutorsScreenProps) {
  const isEmpty = list.total === 0 && !isNarrowedList(list.query);
  return (
    <>
      <ExecutorsHead
        counts={list.counts}
        current="executors"
        push={isEmpty ? undefined : `export JINA_HUBBLE_REGISTRY=${serverAddress}\njina hub push .`}
      >
        {isEmpty
          ? 'Nothing here yet. An Executor is a Python class with its requirements; push its folder and anyone you allow can run it.'
          : 'What you pushed, which tags people pull, and how the last push went.'}
      </ExecutorsHead>
      {isEmpty ? (
        <EmptyExecutors serverAddress={serverAddress} namespace={namespace} firstPushes={list.firstPushes} />
      ) : (
        <ExecutorList {...list} />
      )}
    </>
  );
}
