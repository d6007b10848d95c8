'use client';

import { type ReactTable, type RowData, useTable } from '@tanstack/react-table';
import { useRouter } from 'next/navigation';
import { type FocusEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { BodyRow } from '#components/ui/table/body-row.tsx';
import { type Column, type Features, features, ROLES } from '#components/ui/table/column.ts';
import { HeaderCell } from '#components/ui/table/header-cell.tsx';
import { type Pending, PendingRow } from '#components/ui/table/pending-row.tsx';
import { SelectionBar } from '#components/ui/table/selection-bar.tsx';
import { useArrivals } from '#components/ui/table/use-arrivals.ts';
import { useTableKeys } from '#components/ui/table/use-table-keys.ts';

export type { Column };

/** Rows in sight and some beyond; more of them are laid out only when they come near. */
const MANY_ROWS = 100;

/** Makes rows selectable. */
interface Selection<Row> {
  /** The row in words, such as its name; its checkbox is called "Select …". */
  labelOf: (row: Row) => string;
  /** How much the selected ones are, such as "98.1 MB". */
  factOf: (rows: Row[]) => string;
  /** Buttons for what can be done to them. */
  actions: (rows: Row[], clear: () => void) => ReactNode;
}

interface TableProps<Row> {
  label: string;
  /** Keep the array while it says the same: rows are drawn anew with it. */
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Above the rows. */
  pending?: Pending[];
  /** Rows that are on their way out; they are back when that fails. */
  isFading?: (row: Row) => boolean;
  selection?: Selection<Row>;
  /** Where Enter leads. */
  hrefOf?: (row: Row) => string;
  /** What the Delete key asks for: the selected rows, else the current one. */
  onDelete?: (rows: Row[]) => void;
  /** What the list shows, such as its address: rows that come without a change of it stand out for a moment. */
  view?: string;
  /** Between the rows and the bar of the selection. */
  footer?: ReactNode;
}

type Instance<Row extends RowData> = ReactTable<Features, Row>;

function useInstance<Row extends RowData>({ columns, rows, rowKey }: TableProps<Row>): Instance<Row> {
  const definitions = useMemo(() => columns.map(({ id }) => ({ id })), [columns]);
  const table: Instance<Row> = useTable({ features, columns: definitions, data: rows, getRowId: rowKey });

  // What is not in the list any more is not selected any more.
  useEffect(() => {
    const present = new Set(rows.map(rowKey));
    table.setRowSelection((old) => {
      const kept = Object.entries(old).filter(([id]) => present.has(id));
      return kept.length === Object.keys(old).length ? old : Object.fromEntries(kept);
    });
  }, [rows, rowKey, table.setRowSelection]);
  return table;
}

function useCurrentRow<Row extends RowData>(table: Instance<Row>, props: TableProps<Row>, selected: Row[]) {
  const router = useRouter();
  const element = useRef<HTMLTableElement>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const { hrefOf, onDelete, isFading, selection } = props;
  const { rows, rowsById } = table.getRowModel();

  useTableKeys({
    table: element,
    ids: rows.map(({ id }) => id),
    currentId,
    hasSelection: selected.length > 0,
    onSelect: selection ? (id) => rowsById[id]?.toggleSelected() : null,
    onOpen: hrefOf
      ? (id) => {
          const row = rowsById[id];
          if (row) router.push(hrefOf(row.original));
        }
      : null,
    onDelete: onDelete
      ? () => {
          const current = currentId === null ? undefined : rowsById[currentId];
          if (selected.length > 0) onDelete(selected);
          else if (current && !isFading?.(current.original)) onDelete([current.original]);
        }
      : null,
    onClear: () => table.resetRowSelection(true),
  });

  return {
    element,
    currentId,
    follow(event: FocusEvent): void {
      setCurrentId(event.target.closest('[data-row]')?.getAttribute('data-row') ?? null);
    },
  };
}

function Head<Row extends RowData>({
  table,
  columns,
  canSelect,
}: {
  table: Instance<Row>;
  columns: Column<Row>[];
  canSelect: boolean;
}) {
  return (
    <thead {...ROLES.group} className="block border-b max-md:hidden">
      <tr {...ROLES.row} className="flex min-h-8 items-center">
        {canSelect && (
          <th {...ROLES.header} scope="col" className="w-10 shrink-0">
            <Checkbox
              label="Select all rows of this page"
              isChecked={table.getIsAllPageRowsSelected()}
              isMixed={table.getIsSomePageRowsSelected()}
              onToggle={() => table.toggleAllPageRowsSelected()}
            />
          </th>
        )}
        {columns.map((column) => (
          <HeaderCell key={column.id} column={column} />
        ))}
      </tr>
    </thead>
  );
}

/** A list as a table, in the order in which the server gave it; below 768 px each row is a card. */
export function Table<Row extends RowData>(props: TableProps<Row>) {
  const { label, columns, pending = [], isFading, selection, view = '', footer } = props;
  const table = useInstance(props);
  const { rows } = table.getRowModel();
  // What is on its way out cannot be sent there twice.
  const stays = (row: Row) => !isFading?.(row);
  const selected = rows
    .filter((row) => row.getIsSelected() && stays(row.original))
    .map((row) => row.original);
  const { element, currentId, follow } = useCurrentRow(table, props, selected);
  const arrived = useArrivals(
    rows.map(({ id }) => id),
    view,
  );
  const clear = () => table.resetRowSelection(true);

  return (
    <>
      <table
        ref={element}
        {...ROLES.table}
        aria-label={label}
        onFocus={follow}
        className="block w-full border-t"
      >
        <Head table={table} columns={columns} canSelect={selection !== undefined} />
        <tbody {...ROLES.group} className="block">
          {pending.map((one) => (
            <PendingRow key={one.id} {...one} columns={columns} isIndented={selection !== undefined} />
          ))}
          {rows.map((row) => (
            <BodyRow
              key={row.id}
              row={row}
              columns={columns}
              label={selection ? `Select ${selection.labelOf(row.original)}` : null}
              isSelected={row.getIsSelected()}
              isCurrent={row.id === currentId}
              isFading={isFading?.(row.original) ?? false}
              isArriving={arrived.has(row.id)}
              isOneOfMany={rows.length > MANY_ROWS}
            />
          ))}
        </tbody>
      </table>
      {footer}
      {selection && (
        <SelectionBar
          count={selected.length}
          fact={selected.length > 0 ? selection.factOf(selected) : ''}
          onClear={clear}
        >
          {selected.length > 0 && selection.actions(selected, clear)}
        </SelectionBar>
      )}
    </>
  );
}
