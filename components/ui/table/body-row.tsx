'use client';

import type { RowData, Row as TableRow } from '@tanstack/react-table';
import { memo } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { classes } from '#components/ui/classes.ts';
import { CARD, type Column, type Features, placeOf, ROLES } from '#components/ui/table/column.ts';

interface BodyRowProps<Row extends RowData> {
  row: TableRow<Features, Row>;
  columns: Column<Row>[];
  /** The row in words, for its checkbox; null: it cannot be selected. */
  label: string | null;
  isSelected: boolean;
  /** The keyboard's. */
  isCurrent: boolean;
  isFading: boolean;
  isArriving: boolean;
  /** One of so many that those out of sight are not laid out. */
  isOneOfMany: boolean;
}

/** The edge is the first cell's in a table and the row's in a card. */
const CURRENT =
  'max-md:shadow-[inset_2px_0_0_var(--color-accent)] md:[&>td:first-child]:shadow-[inset_2px_0_0_var(--color-accent)]';
const FAR =
  '[content-visibility:auto] [contain-intrinsic-size:auto_40px] max-md:[contain-intrinsic-size:auto_72px]';

function PlainBodyRow<Row extends RowData>(props: BodyRowProps<Row>) {
  const { row, columns, label, isSelected, isCurrent, isFading, isArriving, isOneOfMany } = props;
  return (
    <tr
      {...ROLES.row}
      tabIndex={-1}
      data-row={row.id}
      aria-selected={label === null ? undefined : isSelected}
      aria-disabled={isFading || undefined}
      className={classes(
        'group flex items-center border-b outline-none scroll-mt-14 scroll-mb-18 transition-[background-color,opacity] duration-140 md:min-h-10',
        CARD,
        label !== null && 'max-md:pl-12',
        isSelected || isArriving ? 'bg-selected' : 'hover:bg-hover',
        isCurrent && CURRENT,
        isFading && 'opacity-40',
        isOneOfMany && FAR,
      )}
    >
      {label !== null && (
        <td
          {...ROLES.cell}
          className="flex shrink-0 items-center self-stretch max-md:absolute max-md:top-2 max-md:left-2 md:w-10"
        >
          <Checkbox label={label} isChecked={isSelected} onToggle={row.getToggleSelectedHandler()} />
        </td>
      )}
      {columns.map((column) => (
        <td
          {...ROLES.cell}
          key={column.id}
          className={classes(
            'md:px-2 md:max-xl:py-1.5',
            column.isNumber && 'tabular-nums md:text-right',
            placeOf(column),
            column.className,
          )}
        >
          {column.cell(row.original)}
        </td>
      ))}
    </tr>
  );
}

/** One row. Kept as it is while nothing of it changes, since a list may have five hundred. */
export const BodyRow = memo(PlainBodyRow) as typeof PlainBodyRow;
