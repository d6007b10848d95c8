import { rowSelectionFeature, tableFeatures } from '@tanstack/react-table';
import type { ReactNode } from 'react';

/** Where a column goes when a row becomes a card: beside the title, in the line of facts below it, or away. */
const CARD_PLACES = {
  title: 'max-md:order-1 min-w-0 flex-1 max-md:basis-0',
  side: 'max-md:order-1 shrink-0',
  fact: 'max-md:order-3 max-md:mr-2 shrink-0 max-md:text-13 max-md:text-text-2 max-md:empty:hidden',
  away: 'max-md:hidden shrink-0',
};

interface ColumnSort {
  href: string;
  direction: 'ascending' | 'descending' | null;
}

interface SortState {
  /** How the list is sorted by this column now; null: it is not. */
  current: 1 | -1 | null;
  /** The way in which people expect the column first. */
  first: 1 | -1;
  hrefOf: (direction: 1 | -1) => string;
}

/** Where a click on a header leads; a second click turns the order. */
export function columnSort({ current, first, hrefOf }: SortState): ColumnSort {
  if (current === null) return { href: hrefOf(first), direction: null };
  return { href: hrefOf(current === 1 ? -1 : 1), direction: current === 1 ? 'ascending' : 'descending' };
}

/** A column but for its cells. */
export interface ColumnLook {
  id: string;
  header: string;
  /** The header is for assistive technology only. */
  isHeaderHidden?: boolean;
  isNumber?: boolean;
  cardPlace: keyof typeof CARD_PLACES;
  /** For columns that sort: where a click on the header leads, and whether the list is sorted by it now. */
  sort?: ColumnSort;
  /** Width and breakpoints, for the header and the cells. The title takes the width that is left. */
  className?: string;
}

export interface Column<Row> extends ColumnLook {
  cell: (row: Row) => ReactNode;
}

/** What of TanStack Table is used: server-side lists need no more of it, and what is not named here is not loaded. */
export const features = tableFeatures({ rowSelectionFeature });
export type Features = typeof features;

/** The classes that place a cell in its row, be that a line or a card. */
export function placeOf({ cardPlace }: ColumnLook): string {
  return CARD_PLACES[cardPlace];
}

/** Makes a row a card. */
export const CARD =
  'max-md:relative max-md:-mx-4 max-md:flex-wrap max-md:gap-x-1 max-md:py-2 max-md:pr-2 max-md:pl-4 max-md:after:order-2 max-md:after:basis-full';

/**
 * WebKit drops the meaning of a table whose parts are not laid out as a table's, so each part says what it is.
 * They are spread because written out they look redundant, which elsewhere they would be.
 */
export const ROLES = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  header: { role: 'columnheader' },
  cell: { role: 'cell' },
};
