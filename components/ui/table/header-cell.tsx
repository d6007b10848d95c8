import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { classes } from '#components/ui/classes.ts';
import { type ColumnLook, placeOf, ROLES } from '#components/ui/table/column.ts';

/** The head of a column; where it sorts, a link to the list in that order. */
export function HeaderCell({ column }: { column: ColumnLook }) {
  const { header, isHeaderHidden, isNumber, sort, className } = column;
  const Arrow = sort?.direction === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th
      {...ROLES.header}
      scope="col"
      aria-sort={sort?.direction ?? undefined}
      className={classes(
        'px-2 text-xs font-normal whitespace-nowrap text-text-2',
        isNumber ? 'text-right' : 'text-left',
        placeOf(column),
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
          {sort.direction && <Arrow aria-hidden size={12} />}
        </Link>
      ) : (
        <span className={isHeaderHidden ? 'sr-only' : undefined}>{header}</span>
      )}
    </th>
  );
}
