import { type ArtifactPlace, placePath } from '#components/artifact-path.ts';
import {
  firstParam,
  type ListQuery,
  listEntries,
  parseList,
  parsePage,
  type SearchParams,
  withQuery,
} from '#components/list-query.ts';

/** Columns by which the Executors page can be sorted. */
const EXECUTOR_SORTS = ['name', 'visibility', 'image', 'size', 'pulls', 'updatedAt'] as const;
export type ExecutorSort = (typeof EXECUTOR_SORTS)[number];
const ACCESS = ['private', 'public'] as const;

/** What the Executors page shows; all of it stands in its URL. */
export interface ExecutorQuery extends ListQuery {
  search: string;
  /** Null: both. */
  access: (typeof ACCESS)[number] | null;
  /** Only those whose last push failed. */
  isFailed: boolean;
  sort: ExecutorSort;
}

const TRASH_SORTS = ['name', 'size', 'deletedBy', 'deletedAt', 'goneAt'] as const;

/** What the trash of Executors shows; all of it stands in its URL. */
export interface ExecutorTrashQuery extends ListQuery {
  search: string;
  sort: (typeof TRASH_SORTS)[number];
}

/** The parts of an Executor's page, each with an address of its own. */
const EXECUTOR_TABS = [
  'readme',
  'arguments',
  'endpoints',
  'dependencies',
  'tags',
  'images',
  'files',
  'pushes',
  'pulls',
  'settings',
] as const;
export type ExecutorTab = (typeof EXECUTOR_TABS)[number];

/** What of an Executor its page shows. */
export interface ExecutorView {
  tab: ExecutorTab;
  /** The tag whose commit is shown; null: the newest commit. */
  tag: string | null;
  /** The path of the file that is open. */
  file: string | null;
  /** The id of the push whose log is open. */
  push: string | null;
}

const HUB_SORTS = ['pulls', 'recent', 'name'] as const;

/** What the Hub shows; all of it stands in its URL. */
export interface HubQuery {
  search: string;
  keyword: string | null;
  sort: (typeof HUB_SORTS)[number];
  /** Counted from 1. */
  page: number;
}

const DEFAULT_LIST: ExecutorQuery = {
  search: '',
  access: null,
  isFailed: false,
  sort: 'updatedAt',
  direction: -1,
  page: 1,
  pageSize: 50,
};
const DEFAULT_TRASH: ExecutorTrashQuery = {
  search: '',
  sort: 'deletedAt',
  direction: -1,
  page: 1,
  pageSize: 50,
};
const DEFAULT_HUB: HubQuery = { search: '', keyword: null, sort: 'pulls', page: 1 };
const FAILED = 'failed';

/** Every address of the pages about Executors; nothing else spells one out. */
export const executorPaths = {
  list(change: Partial<ExecutorQuery> = {}): string {
    const query = { ...DEFAULT_LIST, ...change };
    return withQuery('/executors', {
      search: query.search,
      access: query.access ?? undefined,
      push: query.isFailed ? FAILED : undefined,
      ...listEntries(query, DEFAULT_LIST),
    });
  },
  trash(change: Partial<ExecutorTrashQuery> = {}): string {
    const query = { ...DEFAULT_TRASH, ...change };
    return withQuery('/executors/trash', { search: query.search, ...listEntries(query, DEFAULT_TRASH) });
  },
  /** By name, or by id where the name does not survive in a URL. */
  executor(place: ArtifactPlace, view: Partial<ExecutorView> = {}): string {
    const { tab = 'readme', tag, file, push } = view;
    return withQuery(placePath('/executors', place), {
      tab: tab === 'readme' ? undefined : tab,
      tag: tag ?? undefined,
      file: file ?? undefined,
      push: push ?? undefined,
    });
  },
  /** A picture of a commit's package. */
  picture: (commitId: string, file: string) => withQuery('/api/executor-picture', { commit: commitId, file }),
  hub(change: Partial<HubQuery> = {}): string {
    const { search, keyword, sort, page } = { ...DEFAULT_HUB, ...change };
    return withQuery('/hub', {
      search,
      keyword: keyword ?? undefined,
      sort: sort === DEFAULT_HUB.sort ? undefined : sort,
      page: page > 1 ? String(page) : undefined,
    });
  },
};

/** Reads what `executorPaths.list` wrote; what cannot be read means the default. */
export function parseExecutorQuery(params: SearchParams): ExecutorQuery {
  return {
    ...parseList(params, EXECUTOR_SORTS, DEFAULT_LIST),
    access: ACCESS.find((access) => access === params.access) ?? null,
    isFailed: params.push === FAILED,
  };
}

/** Reads what `executorPaths.trash` wrote; what cannot be read means the default. */
export function parseExecutorTrashQuery(params: SearchParams): ExecutorTrashQuery {
  return parseList(params, TRASH_SORTS, DEFAULT_TRASH);
}

/** Reads what `executorPaths.executor` wrote; what cannot be read means the default. */
export function parseExecutorView(params: SearchParams): ExecutorView {
  return {
    tab: EXECUTOR_TABS.find((one) => one === firstParam(params.tab)) ?? 'readme',
    tag: firstParam(params.tag) || null,
    file: firstParam(params.file) || null,
    push: firstParam(params.push) || null,
  };
}

/** Reads what `executorPaths.hub` wrote; what cannot be read means the default. */
export function parseHubQuery(params: SearchParams): HubQuery {
  return {
    search: firstParam(params.search),
    keyword: firstParam(params.keyword) || null,
    sort: HUB_SORTS.find((one) => one === firstParam(params.sort)) ?? DEFAULT_HUB.sort,
    page: parsePage(params),
  };
}

/** Whether the Executors page shows only some of what there is. */
export function isNarrowedList({ search, access, isFailed }: ExecutorQuery): boolean {
  return search !== '' || access !== null || isFailed;
}

/** The way in which people expect a column first: words from A, numbers from the largest. */
export function firstExecutorDirection(sort: ExecutorSort | ExecutorTrashQuery['sort']): 1 | -1 {
  return ['name', 'visibility', 'deletedBy', 'goneAt'].includes(sort) ? 1 : -1;
}
