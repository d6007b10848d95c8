import type { HubQuery } from '#components/executor-paths.ts';
import { type CatalogueItem, countHub, listCatalogue, listHubKeywords } from '#lib/executors/catalogue.ts';
import type { CatalogueQuery } from '#lib/executors/catalogue-statement.ts';

/** Executors of one page of the Hub. */
export const HUB_PAGE_SIZE = 20;

const SORTS: Record<HubQuery['sort'], CatalogueQuery['sort']> = {
  pulls: { field: 'pulls', direction: -1 },
  recent: { field: 'updatedAt', direction: -1 },
  name: { field: 'name', direction: 1 },
};

interface Hub {
  items: CatalogueItem[];
  /** Of all pages. */
  total: number;
  /** Nothing is exactly as it was searched for; these are like it. */
  isLoose: boolean;
  keywords: { keyword: string; executors: number }[];
  /** Of all public Executors. */
  all: number;
}

/** What the Hub shows for its query; the same to everybody. */
export async function readHub(query: HubQuery): Promise<Hub> {
  const { search, keyword, sort, page } = query;
  const [list, keywords, all] = await Promise.all([
    listCatalogue({
      caller: null,
      search: search || null,
      author: null,
      keywords: keyword === null ? [] : [keyword],
      withAnonymous: true,
      sort: SORTS[sort],
      pageIndex: page,
      pageSize: HUB_PAGE_SIZE,
    }),
    listHubKeywords(),
    countHub(),
  ]);
  return { ...list, keywords, all };
}
