import { type ArtifactPlace, placePath } from '#components/artifact-path.ts';
import {
  firstParam,
  listEntries,
  type PageSize,
  parseList,
  parsePage,
  type SearchParams,
  withQuery,
} from '#components/list-query.ts';

/** Columns by which the Storage page can be sorted: those that an index serves. */
const STORAGE_SORTS = ['name', 'visibility', 'documents', 'size', 'expireAt', 'pulls', 'updatedAt'] as const;
export type StorageSort = (typeof STORAGE_SORTS)[number];
const STORAGE_TYPES = ['documentArray', 'other'] as const;
type StorageType = (typeof STORAGE_TYPES)[number];
const STORAGE_ACCESS = ['private', 'public'] as const;
type StorageAccess = (typeof STORAGE_ACCESS)[number];
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

/** Columns by which the Trash page can be sorted. */
const TRASH_SORTS = ['name', 'documents', 'size', 'deletedBy', 'deletedAt', 'goneAt'] as const;
export type TrashSort = (typeof TRASH_SORTS)[number];

/** What the Trash page shows; all of it stands in its URL. */
export interface TrashQuery {
  search: string;
  sort: TrashSort;
  direction: 1 | -1;
  /** Counted from 1. */
  page: number;
  pageSize: PageSize;
}

/** Kinds of what is written down. */
const ACT_KINDS = ['sign-in', 'account', 'token', 'storage', 'executor'] as const;

/** What the Activity page shows; all of it stands in its URL. */
export interface ActivityQuery {
  search: string;
  /** Null: of every kind. */
  kind: (typeof ACT_KINDS)[number] | null;
  /** Counted from 1. */
  page: number;
}

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

const DEFAULT_TRASH_QUERY: TrashQuery = {
  search: '',
  sort: 'deletedAt',
  direction: -1,
  page: 1,
  pageSize: 50,
};

const EXPIRING = 'soon';

/** The parts of an artifact's page, each with an address of its own. */
const ARTIFACT_TABS = ['overview', 'pulls', 'settings'] as const;
export type ArtifactTab = (typeof ARTIFACT_TABS)[number];

/** How the Overview shows what the client sent: as a table, as the beginning of its text, or as all of it. */
const SENT_VIEWS = ['table', 'text', 'whole'] as const;
export type SentView = (typeof SENT_VIEWS)[number];

/** Why a provider signed nobody in, and where they were going. */
interface ProviderTrouble {
  problem: string;
  provider: string;
  from?: string;
  isAgain: boolean;
}

/** Every address of the pages; nothing else spells one out. */
export const paths = {
  storage(change: Partial<StorageQuery> = {}): string {
    const query = { ...DEFAULT_STORAGE_QUERY, ...change };
    const { search, type, access, isExpiring } = query;
    return withQuery('/storage', {
      search,
      type: type ?? undefined,
      access: access ?? undefined,
      expiring: isExpiring ? EXPIRING : undefined,
      ...listEntries(query, DEFAULT_STORAGE_QUERY),
    });
  },
  trash(change: Partial<TrashQuery> = {}): string {
    const query = { ...DEFAULT_TRASH_QUERY, ...change };
    return withQuery('/storage/trash', {
      search: query.search,
      ...listEntries(query, DEFAULT_TRASH_QUERY),
    });
  },
  /** By name, or by id where the name does not survive in a URL. */
  artifact(place: ArtifactPlace, tab: ArtifactTab = 'overview', view: SentView = 'table'): string {
    return withQuery(placePath('/storage', place), {
      tab: tab === 'overview' ? undefined : tab,
      view: view === 'table' ? undefined : view,
    });
  },
  profile: () => '/settings/profile',
  tokens: () => '/settings/tokens',
  /** The same page, ready for the name of a new one. */
  newToken: () => withQuery('/settings/tokens', { new: 'yes' }),
  signingKeys: () => '/settings/signing-keys',
  sessions: () => '/settings/sessions',
  /** `linked` is the key of a provider that was just linked. */
  signInMethods: (said: { problem?: string; provider?: string; linked?: string } = {}) =>
    withQuery('/settings/sign-in-methods', said),
  activity(change: Partial<ActivityQuery> = {}): string {
    const { search, kind, page } = { search: '', kind: null, page: 1, ...change };
    return withQuery('/settings/activity', {
      search,
      kind: kind ?? undefined,
      page: page > 1 ? String(page) : undefined,
    });
  },
  /** The same as a file, all of it. */
  activityFile: () => '/api/activity.csv',
  /** Export and deletion. */
  account: () => '/settings/account',
  /** Everything that the person has here, as a ZIP. */
  exportFile: () => '/api/export.zip',
  /** A person's own picture; another text is another picture, so a browser keeps each for ever. */
  avatar: (sha256: string) => withQuery('/api/avatar', { v: sha256 }),
  appearance: () => '/settings/appearance',
  /** Each part in each state; in development only. */
  parts: () => '/dev/parts',
  /** Server-sent events of what changes. */
  events: () => '/api/events',
  /** `from` is the path to return to. */
  login: (from?: string) => withQuery('/login', { from }),
  /** The same for somebody who is signed in and has to prove once more that it is them. */
  loginAgain: (from: string) => withQuery('/login', { again: 'yes', from }),
  /** The same, where a provider signed nobody in. */
  loginProblem: ({ problem, provider, from, isAgain }: ProviderTrouble) =>
    withQuery('/login', { problem, provider, again: isAgain ? 'yes' : undefined, from }),
  /** Where somebody from a provider chooses their user name. */
  newIdentity: (from: string) => withQuery('/signup/identity', { from }),
  /** Where a person lets a program in; `request` is the secret of its link. */
  programLogin: (request: string) => withQuery('/login/cli', { request }),
  /** Where somebody asks for a mail that lets them choose a new password. */
  forgot: () => '/forgot',
  /** `setup` is the one-time code of the first account. */
  signUp: (setup?: string) => withQuery('/signup', { setup }),
};

/** Whether the page of tokens was opened to make one. */
export function isNewToken(params: SearchParams): boolean {
  return firstParam(params.new) !== '';
}

/** Reads what `paths.storage` wrote; what cannot be read means the default. */
export function parseStorageQuery(params: SearchParams): StorageQuery {
  return {
    ...parseList(params, STORAGE_SORTS, DEFAULT_STORAGE_QUERY),
    type: STORAGE_TYPES.find((type) => type === params.type) ?? null,
    access: STORAGE_ACCESS.find((access) => access === params.access) ?? null,
    isExpiring: params.expiring === EXPIRING,
  };
}

/** Reads what `paths.trash` wrote; what cannot be read means the default. */
export function parseTrashQuery(params: SearchParams): TrashQuery {
  return parseList(params, TRASH_SORTS, DEFAULT_TRASH_QUERY);
}

/** Reads what `paths.activity` wrote; what cannot be read means the default. */
export function parseActivityQuery(params: SearchParams): ActivityQuery {
  const kind = ACT_KINDS.find((one) => one === params.kind) ?? null;
  return { search: firstParam(params.search), kind, page: parsePage(params) };
}

/** Which part of an artifact's page, and in which view; what cannot be read means the first. */
export function parseArtifactQuery(params: SearchParams): { tab: ArtifactTab; view: SentView } {
  const tab = ARTIFACT_TABS.find((one) => one === firstParam(params.tab)) ?? 'overview';
  const view = SENT_VIEWS.find((one) => one === firstParam(params.view)) ?? 'table';
  return { tab, view };
}

/** Whether the Storage page shows only some of what there is. */
export function isNarrowed({ search, type, access, isExpiring }: StorageQuery): boolean {
  return search !== '' || type !== null || access !== null || isExpiring;
}

/** The way in which people expect a column first: words from A, what is over soonest, numbers from the largest. */
export function firstDirection(sort: StorageSort | TrashSort): 1 | -1 {
  return ['name', 'visibility', 'expireAt', 'deletedBy', 'goneAt'].includes(sort) ? 1 : -1;
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
