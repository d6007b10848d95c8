import type { ReactNode } from 'react';
import { classes } from '#components/ui/classes.ts';
import { CARD, type ColumnLook, placeOf, ROLES } from '#components/ui/table/column.ts';

/** What is on its way to become a row: it cannot be selected or opened yet. */
export interface Pending {
  id: string;
  /** By the column's id; a column that is not named has an empty cell. */
  cells: Record<string, ReactNode>;
}

interface PendingRowProps extends Pending {
  columns: ColumnLook[];
  /** Whether the rows below begin with a checkbox. */
  isIndented: boolean;
}

const UNDERWAY =
  'before:absolute before:inset-x-0 before:-bottom-px before:z-1 before:h-0.5 before:bg-[repeating-linear-gradient(to_right,var(--color-accent)_0_8px,transparent_8px_12px)]';

/** A row above the others, underlined as something under way. */
export function PendingRow({ columns, cells, isIndented }: PendingRowProps) {
  return (
    <tr
      {...ROLES.row}
      className={classes(
        'relative flex items-center border-b text-text-2 md:min-h-10',
        CARD,
        isIndented && 'max-md:pl-12',
        UNDERWAY,
      )}
    >
      {isIndented && <td {...ROLES.cell} className="w-10 shrink-0 max-md:hidden" />}
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
          {cells[column.id]}
        </td>
      ))}
    </tr>
  );
}
