/** Columns by which the Storage page can be sorted. */
const STORAGE_SORTS = ['name', 'visibility', 'size', 'updatedAt'] as const;
export type StorageSort = (typeof STORAGE_SORTS)[number];

/** What the Storage page shows; all of it stands in its URL. */
export interface StorageQuery {
  search: string;
  sort: StorageSort;
  direction: 1 | -1;
  /** Counted from 1. */
  page: number;
}

/** Far beyond any list, and safe to multiply by a page's size. */
const MAX_PAGE = 1_000_000;

export const DEFAULT_STORAGE_QUERY: StorageQuery = { search: '', sort: 'updatedAt', direction: -1, page: 1 };

function withQuery(path: string, entries: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(entries)) if (value) query.set(key, value);
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Every address of the pages; nothing else spells one out. */
export const paths = {
  storage(change: Partial<StorageQuery> = {}): string {
    const { search, sort, direction, page } = { ...DEFAULT_STORAGE_QUERY, ...change };
    const isDefaultSort =
      sort === DEFAULT_STORAGE_QUERY.sort && direction === DEFAULT_STORAGE_QUERY.direction;
    return withQuery('/storage', {
      search,
      sort: isDefaultSort ? undefined : `${direction === -1 ? '-' : ''}${sort}`,
      page: page > 1 ? String(page) : undefined,
    });
  },
  /** `page` is counted from 1. */
  trash: (page = 1) => withQuery('/storage/trash', { page: page > 1 ? String(page) : undefined }),
  tokens: () => '/settings/tokens',
  /** Server-sent events of what changes. */
  events: () => '/api/events',
  /** `from` is the path to return to. */
  login: (from?: string) => withQuery('/login', { from }),
  /** `setup` is the one-time code of the first account. */
  signUp: (setup?: string) => withQuery('/signup', { setup }),
};

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

/** Reads what `paths.storage` wrote; what cannot be read means the default. */
export function parseStorageQuery(params: SearchParams): StorageQuery {
  const wanted = firstParam(params.sort);
  const field = STORAGE_SORTS.find((name) => name === wanted.replace(/^-/, ''));
  return {
    search: firstParam(params.search),
    sort: field ?? DEFAULT_STORAGE_QUERY.sort,
    direction: field ? (wanted.startsWith('-') ? -1 : 1) : DEFAULT_STORAGE_QUERY.direction,
    page: parsePage(params),
  };
}

/** `from` when it is a path of this server, else the Storage page: no link of ours leads people elsewhere. */
export function safeReturnPath(from: string): string {
  const base = 'http://here.invalid';
  const url = URL.parse(from, base);
  if (!from.startsWith('/') || url?.origin !== base) return paths.storage();
  const path = `${url.pathname}${url.search}`;
  // `/.//evil.example` is a path of ours to the parser, and `//evil.example` another server to the browser.
  return path.startsWith('//') ? paths.storage() : path;
}
