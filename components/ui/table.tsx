import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { classes } from '#components/ui/classes.ts';

/**
 * WebKit drops the meaning of a table whose parts are laid out as cards, so each part says what it is.
 * They are spread because written out they look redundant, which elsewhere they would be.
 */
const ROLES = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  header: { role: 'columnheader' },
  cell: { role: 'cell' },
};

/** Where a column goes when a row becomes a card: beside the title, in the line of facts below it, or away. */
const CARD_PLACES = {
  title: 'max-md:order-1 max-md:min-w-0 max-md:flex-1 max-md:basis-0',
  side: 'max-md:order-1 max-md:shrink-0',
  fact: 'max-md:order-3 max-md:text-13 max-md:text-text-2 max-md:empty:hidden',
  away: 'max-md:hidden',
};

export interface Column<Row> {
  id: string;
  header: string;
  /** The header is for assistive technology only. */
  isHeaderHidden?: boolean;
  isNumber?: boolean;
  cardPlace: keyof typeof CARD_PLACES;
  /** For columns that sort: where a click on the header leads, and whether the list is sorted by it now. */
  sort?: { href: string; direction: 'ascending' | 'descending' | null };
  /** Width and breakpoints, for the header and the cells. */
  className?: string;
  cell: (row: Row) => ReactNode;
}

interface TableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Rows that are on their way out. */
  isFading?: (row: Row) => boolean;
}

function HeaderCell<Row>({ column }: { column: Column<Row> }) {
  const { header, isHeaderHidden, isNumber, sort, className } = column;
  const Arrow = sort?.direction === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th
      {...ROLES.header}
      scope="col"
      aria-sort={sort?.direction ?? undefined}
      className={classes(
        'h-9 px-2 text-xs font-normal text-text-2',
        isNumber ? 'text-right' : 'text-left',
        className,
      )}
    >
      {sort ? (
        <Link
          href={sort.href}
          scroll={false}
          className={classes(
            'inline-flex h-8 items-center gap-1 hover:text-text',
            isNumber && 'flex-row-reverse',
            sort.direction && 'font-medium text-text',
          )}
        >
          {header}
          {sort.direction && <Arrow aria-hidden size={14} />}
        </Link>
      ) : (
        <span className={isHeaderHidden ? 'sr-only' : undefined}>{header}</span>
      )}
    </th>
  );
}

/** A list as a table; below 768 px each row is a card. */
export function Table<Row>({ label, columns, rows, rowKey, isFading }: TableProps<Row>) {
  return (
    <table {...ROLES.table} aria-label={label} className="w-full border-t max-md:block md:table-fixed">
      <thead {...ROLES.group} className="border-b max-md:hidden">
        <tr {...ROLES.row}>
          {columns.map((column) => (
            <HeaderCell key={column.id} column={column} />
          ))}
        </tr>
      </thead>
      <tbody {...ROLES.group} className="max-md:block">
        {rows.map((row) => (
          <tr
            {...ROLES.row}
            key={rowKey(row)}
            className={classes(
              'group border-b transition-colors hover:bg-hover max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:py-2 max-md:after:order-2 max-md:after:basis-full md:h-10',
              isFading?.(row) && 'opacity-40',
            )}
          >
            {columns.map(({ id, cell, cardPlace, isNumber, className }) => (
              <td
                {...ROLES.cell}
                key={id}
                className={classes(
                  'md:px-2 md:max-xl:py-1.5',
                  isNumber && 'tabular-nums md:text-right',
                  CARD_PLACES[cardPlace],
                  className,
                )}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
