import Link from 'next/link';
import { executorPaths, type HubQuery } from '#components/executor-paths.ts';
import { HubCard } from '#components/hub/hub-card.tsx';
import { HUB_PAGE_SIZE } from '#components/hub/read-hub.ts';
import { Nothing } from '#components/list/nothing.tsx';
import { SearchForm } from '#components/list/search-form.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import { classes } from '#components/ui/classes.ts';
import { formatCount } from '#components/ui/format.ts';
import { Pagination } from '#components/ui/pagination.tsx';
import type { CatalogueItem } from '#lib/executors/catalogue.ts';

interface HubScreenProps {
  items: CatalogueItem[];
  /** Of all pages. */
  total: number;
  isLoose: boolean;
  keywords: { keyword: string; executors: number }[];
  /** Of all public Executors. */
  all: number;
  query: HubQuery;
  /** Such as `hub.example.org`. */
  host: string;
}

const SORTS = [
  { sort: 'pulls', title: 'Most pulled' },
  { sort: 'recent', title: 'Recent' },
  { sort: 'name', title: 'Name' },
] as const;

function KeywordLinks({ query, keywords, all }: Pick<HubScreenProps, 'query' | 'keywords' | 'all'>) {
  const known = keywords.some(({ keyword }) => keyword === query.keyword);
  const chosen = query.keyword !== null && !known ? [{ keyword: query.keyword, executors: null }] : [];
  const rows = [{ keyword: null, executors: all }, ...chosen, ...keywords];
  return (
    <nav
      aria-label="Keywords"
      className="flex gap-1 max-xl:-mx-4 max-xl:overflow-x-auto max-xl:px-4 max-xl:py-1 xl:w-48 xl:shrink-0 xl:flex-col"
    >
      {rows.map(({ keyword, executors }) => (
        <Link
          key={keyword ?? ''}
          href={executorPaths.hub({ ...query, keyword, page: 1 })}
          scroll={false}
          prefetch={false}
          aria-current={keyword === query.keyword ? 'true' : undefined}
          className={classes(
            'flex h-8 shrink-0 items-center justify-between gap-3 rounded-md px-2.5 -outline-offset-2 max-xl:border',
            keyword === query.keyword
              ? 'bg-accent-soft font-medium text-accent'
              : 'text-text-2 hover:bg-hover hover:text-text',
          )}
        >
          <span className="max-w-40 truncate">{keyword ?? 'All'}</span>
          {executors !== null && <span className="text-13 tabular-nums">{formatCount(executors)}</span>}
        </Link>
      ))}
    </nav>
  );
}

function SortLinks({ query }: { query: HubQuery }) {
  return (
    <nav aria-label="Sort by" className="ml-auto inline-flex rounded-md border border-line-firm bg-raised">
      {SORTS.map(({ sort, title }) => (
        <Link
          key={sort}
          href={executorPaths.hub({ ...query, sort, page: 1 })}
          scroll={false}
          prefetch={false}
          aria-current={sort === query.sort ? 'true' : undefined}
          className={classes(
            'flex h-7.5 items-center rounded-[5px] px-2.5 text-13 whitespace-nowrap',
            sort === query.sort ? 'bg-pressed font-medium' : 'text-text-2 hover:text-text',
          )}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}

function NoMatch({ query }: { query: HubQuery }) {
  const { search, keyword } = query;
  return (
    <Nothing clear="See all of them" href={executorPaths.hub()}>
      Nothing public
      {keyword !== null && (
        <>
          {' '}
          has the keyword <Bdi className="font-semibold">{keyword}</Bdi>
        </>
      )}
      {search !== '' && (
        <>
          {keyword !== null && ' and'} is like <Bdi className="font-semibold">{search}</Bdi>
        </>
      )}
      .
    </Nothing>
  );
}

function Found({
  items,
  total,
  isLoose,
  query,
}: Pick<HubScreenProps, 'items' | 'total' | 'isLoose' | 'query'>) {
  if (total === 0) return <NoMatch query={query} />;
  return (
    <>
      {isLoose && (
        <p className="mb-3 text-text-2">
          Nothing has <Bdi className="font-semibold text-text">{query.search}</Bdi> in it. These are spelled
          much like it.
        </p>
      )}
      <ul aria-label="Executors" className="grid overflow-hidden rounded-lg border-x border-t xl:grid-cols-2">
        {items.map((item) => (
          <HubCard key={item.id} item={item} />
        ))}
      </ul>
      <div className="mt-3">
        <Pagination
          page={query.page}
          pageSize={HUB_PAGE_SIZE}
          total={total}
          hrefOf={(page) => executorPaths.hub({ ...query, page })}
        />
      </div>
    </>
  );
}

/** The public catalogue. */
export function HubScreen({ keywords, all, query, host, ...found }: HubScreenProps) {
  return (
    <>
      <h1>Hub</h1>
      <p className="mt-0.5 text-text-2">
        Public Executors on <span className="wrap-anywhere">{host}</span>. Use them without an account.
      </p>
      {all === 0 ? (
        <div className="mt-6 border-y py-12 text-center">
          <p className="font-medium">Nothing public yet.</p>
          <p className="mt-1 text-text-2">
            An Executor that somebody pushes with <code className="font-mono text-13">--public</code> shows
            here.
          </p>
        </div>
      ) : (
        <>
          <div className="my-4 flex flex-wrap items-center gap-2">
            <SearchForm
              search={query.search}
              list={executorPaths.hub({ ...query, search: '', page: 1 })}
              label="Search the Hub"
            />
            <SortLinks query={query} />
          </div>
          <div className="flex flex-col gap-4 xl:flex-row xl:gap-8">
            <KeywordLinks query={query} keywords={keywords} all={all} />
            <div className="min-w-0 flex-1">
              <Found {...found} query={query} />
            </div>
          </div>
        </>
      )}
    </>
  );
}
