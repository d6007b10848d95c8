/** Columns by which the Storage page can be sorted: those that an index serves. */
const STORAGE_SORTS = ['name', 'visibility', 'documents', 'size', 'expireAt', 'updatedAt'] as const;
export type StorageSort = (typeof STORAGE_SORTS)[number];
const STORAGE_TYPES = ['documentArray', 'other'] as const;
type StorageType = (typeof STORAGE_TYPES)[number];
const STORAGE_ACCESS = ['private', 'public'] as const;
type StorageAccess = (typeof STORAGE_ACCESS)[number];
/** Rows of one page of the list. */
export const PAGE_SIZES = [25, 50, 100, 500] as const;
type PageSize = (typeof PAGE_SIZES)[number];

/** What the Storage page shows; all of it stands in its URL. */
export interface StorageQuery {
  search: string;
  /** Null: of every type. */
  type: StorageType | null;
  /** Null: both. */
  access: StorageAccess | null;
  /** Only what is over within a day. */
  isExpiring: boolean;
  sort: StorageSort;
  direction: 1 | -1;
  /** Counted from 1. */
  page: number;
  pageSize: PageSize;
}

/** Far beyond any list, and safe to multiply by a page's size. */
const MAX_PAGE = 1_000_000;

export const DEFAULT_STORAGE_QUERY: StorageQuery = {
  search: '',
  type: null,
  access: null,
  isExpiring: false,
  sort: 'updatedAt',
  direction: -1,
  page: 1,
  pageSize: 50,
};

const EXPIRING = 'soon';

function withQuery(path: string, entries: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(entries)) if (value) query.set(key, value);
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Every address of the pages; nothing else spells one out. */
export const paths = {
  storage(change: Partial<StorageQuery> = {}): string {
    const query = { ...DEFAULT_STORAGE_QUERY, ...change };
    const { search, type, access, isExpiring, sort, direction, page, pageSize } = query;
    const isDefaultSort =
      sort === DEFAULT_STORAGE_QUERY.sort && direction === DEFAULT_STORAGE_QUERY.direction;
    return withQuery('/storage', {
      search,
      type: type ?? undefined,
      access: access ?? undefined,
      expiring: isExpiring ? EXPIRING : undefined,
      sort: isDefaultSort ? undefined : `${direction === -1 ? '-' : ''}${sort}`,
      size: pageSize === DEFAULT_STORAGE_QUERY.pageSize ? undefined : String(pageSize),
      page: page > 1 ? String(page) : undefined,
    });
  },
  tokens: () => '/settings/tokens',
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

/** Reads what `paths.storage` wrote; what cannot be read means the default. */
export function parseStorageQuery(params: SearchParams): StorageQuery {
  const wanted = firstParam(params.sort);
  const field = STORAGE_SORTS.find((name) => name === wanted.replace(/^-/, ''));
  const page = Number(firstParam(params.page));
  const size = Number(firstParam(params.size));
  return {
    search: firstParam(params.search),
    type: STORAGE_TYPES.find((type) => type === params.type) ?? null,
    access: STORAGE_ACCESS.find((access) => access === params.access) ?? null,
    isExpiring: params.expiring === EXPIRING,
    sort: field ?? DEFAULT_STORAGE_QUERY.sort,
    direction: field ? (wanted.startsWith('-') ? -1 : 1) : DEFAULT_STORAGE_QUERY.direction,
    page: Number.isInteger(page) && page > 0 && page <= MAX_PAGE ? page : 1,
    pageSize: PAGE_SIZES.find((one) => one === size) ?? DEFAULT_STORAGE_QUERY.pageSize,
  };
}

/** Whether the Storage page shows only some of what there is. */
export function isNarrowed({ search, type, access, isExpiring }: StorageQuery): boolean {
  return search !== '' || type !== null || access !== null || isExpiring;
}

/** The way in which people expect a column first: words from A, what is over soonest, numbers from the largest. */
export function firstDirection(sort: StorageSort): 1 | -1 {
  return sort === 'name' || sort === 'visibility' || sort === 'expireAt' ? 1 : -1;
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
