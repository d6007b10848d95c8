import {
  type ListQuery,
  listEntries,
  type PageSize,
  parseList,
  type SearchParams,
  withQuery,
} from '#components/list-query.ts';
import type { ActivityQuery } from '#components/paths.ts';

/** Columns by which accounts can be sorted. */
const USER_SORTS = ['name', 'used', 'created', 'seen'] as const;
export type UserSort = (typeof USER_SORTS)[number];

/** What the page of users shows; all of it stands in its URL. */
export interface UsersQuery {
  search: string;
  sort: UserSort;
  direction: 1 | -1;
  /** Counted from 1. */
  page: number;
  pageSize: PageSize;
}

const DEFAULT_USERS_QUERY: UsersQuery & ListQuery = {
  search: '',
  sort: 'name',
  direction: 1,
  page: 1,
  pageSize: 50,
};

/** Every address of the pages for administrators; nothing else spells one out. */
export const adminPaths = {
  overview: () => '/admin',
  users(change: Partial<UsersQuery> = {}): string {
    const query = { ...DEFAULT_USERS_QUERY, ...change };
    return withQuery('/admin/users', { search: query.search, ...listEntries(query, DEFAULT_USERS_QUERY) });
  },
  invitations: () => '/admin/invitations',
  mail: () => '/admin/mail',
  activity(change: Partial<ActivityQuery> = {}): string {
    const { search, kind, page } = { search: '', kind: null, page: 1, ...change };
    const entries = { search, kind: kind ?? undefined, page: page > 1 ? String(page) : undefined };
    return withQuery('/admin/activity', entries);
  },
};

/** Reads what `adminPaths.users` wrote; what cannot be read means the default. */
export function parseUsersQuery(params: SearchParams): UsersQuery {
  return parseList(params, USER_SORTS, DEFAULT_USERS_QUERY);
}
