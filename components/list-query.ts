/** Rows of one page of the list. */
export const PAGE_SIZES = [25, 50, 100, 500] as const;
export type PageSize = (typeof PAGE_SIZES)[number];

/** Far beyond any list, and safe to multiply by a page's size. */
const MAX_PAGE = 1_000_000;

/** What every list has in its URL; a default is left out. */
export interface ListQuery {
  sort: string;
  direction: 1 | -1;
  page: number;
  pageSize: PageSize;
}

/** What of a list stands in its URL. */
export function listEntries(query: ListQuery, usual: ListQuery): Record<string, string | undefined> {
  const { sort, direction, page, pageSize } = query;
  const isUsual = sort === usual.sort && direction === usual.direction;
  return {
    sort: isUsual ? undefined : `${direction === -1 ? '-' : ''}${sort}`,
    size: pageSize === usual.pageSize ? undefined : String(pageSize),
    page: page > 1 ? String(page) : undefined,
  };
}

/** An address with what of `entries` says something. */
export function withQuery(path: string, entries: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(entries)) if (value) query.set(key, value);
  return query.size > 0 ? `${path}?${query}` : path;
}

/** What Next gives a page of its query, behind a promise. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** The first value of a query parameter, or an empty text. */
export function firstParam(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** The page of a list, counted from 1; the first where it cannot be read. */
export function parsePage(params: SearchParams): number {
  const page = Number(firstParam(params.page));
  return Number.isInteger(page) && page > 0 && page <= MAX_PAGE ? page : 1;
}

/** Reads what `listEntries` wrote. */
export function parseList<Sort extends string>(
  params: SearchParams,
  sorts: readonly Sort[],
  usual: Omit<ListQuery, 'sort'> & { sort: Sort },
) {
  const wanted = firstParam(params.sort);
  const field = sorts.find((name) => name === wanted.replace(/^-/, ''));
  const size = Number(firstParam(params.size));
  const direction: 1 | -1 = wanted.startsWith('-') ? -1 : 1;
  return {
    search: firstParam(params.search),
    sort: field ?? usual.sort,
    direction: field ? direction : usual.direction,
    page: parsePage(params),
    pageSize: PAGE_SIZES.find((one) => one === size) ?? usual.pageSize,
  };
}

/** The address of a list that is narrowed to a part of a name; `list` is one without a search. */
export function searchIn(list: string, search: string): string {
  const [path = '', query] = list.split('?');
  return withQuery(path, { search, ...Object.fromEntries(new URLSearchParams(query)) });
}
