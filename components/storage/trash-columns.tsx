import { Trash2, Undo2 } from 'lucide-react';
import { deletedByProgram } from '#components/list/deleted-by.ts';
import { firstDirection, paths, type TrashQuery, type TrashSort } from '#components/paths.ts';
import { documentsLine } from '#components/storage/artifact-columns.tsx';
import { ArtifactName, titleOf } from '#components/storage/artifact-name.tsx';
import type { TrashActions, TrashRow } from '#components/storage/use-trash-changes.tsx';
import { Button, IconButton } from '#components/ui/button.tsx';
import { formatBytes, formatCount, formatExactBytes } from '#components/ui/format.ts';
import { columnSort } from '#components/ui/table/column.ts';
import type { Column } from '#components/ui/table.tsx';
import { EndTime, RelativeTime } from '#components/ui/time.tsx';

/** Such as `you, in the browser`, `you, from Python` or `its time ran out`. */
export function deletedBy({
  deletion,
  deletedProgram,
}: Pick<TrashRow, 'deletion' | 'deletedProgram'>): string {
  return deletion === 'expiry' ? 'its time ran out' : deletedByProgram(deletedProgram);
}

function sortBy(query: TrashQuery, sort: TrashSort) {
  return columnSort({
    current: query.sort === sort ? query.direction : null,
    first: firstDirection(sort),
    hrefOf: (direction) => paths.trash({ ...query, sort, direction, page: 1 }),
  });
}

function whatColumns(query: TrashQuery): Column<TrashRow>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      cardPlace: 'title',
      sort: sortBy(query, 'name'),
      cell: (row) => {
        const line = [documentsLine(row), deletedBy(row)].filter(Boolean).join(', ');
        return <ArtifactName artifact={row} line={line} href={null} />;
      },
    },
    {
      id: 'documents',
      header: 'Documents',
      isNumber: true,
      cardPlace: 'fact',
      sort: sortBy(query, 'documents'),
      // An empty cell is a dash in the table, and takes no room on a card.
      className: "md:max-xl:hidden xl:w-28 md:empty:before:content-['–']",
      cell: (row) =>
        row.documents !== null && (
          <>
            <span className="md:hidden">{documentsLine(row)}</span>
            <span className="max-md:hidden">{formatCount(row.documents)}</span>
          </>
        ),
    },
    {
      id: 'size',
      header: 'Size',
      isNumber: true,
      cardPlace: 'fact',
      sort: sortBy(query, 'size'),
      className: 'md:w-24',
      cell: ({ sizeBytes }) => <span title={formatExactBytes(sizeBytes)}>{formatBytes(sizeBytes)}</span>,
    },
  ];
}

function whenColumns(query: TrashQuery): Column<TrashRow>[] {
  return [
    {
      id: 'deletedBy',
      header: 'Deleted by',
      cardPlace: 'fact',
      sort: sortBy(query, 'deletedBy'),
      className: 'text-text-2 max-md:max-w-[calc(100%-8px)] md:max-xl:hidden md:pl-6 xl:w-52',
      cell: (row) => (
        <span title={row.deletedClient ?? undefined} className="block truncate">
          {deletedBy(row)}
        </span>
      ),
    },
    {
      id: 'deleted',
      header: 'Deleted',
      cardPlace: 'away',
      sort: sortBy(query, 'deletedAt'),
      className: 'text-text-2 tabular-nums max-wide:hidden wide:w-34',
      cell: ({ deletedAt }) => <RelativeTime at={deletedAt} />,
    },
    {
      id: 'gone',
      header: 'Gone for good',
      cardPlace: 'fact',
      sort: sortBy(query, 'goneAt'),
      className: 'tabular-nums md:w-36 md:pl-6 wide:pl-2',
      cell: ({ goneAt }) => <EndTime hasClock at={goneAt} endless="" term="gone" />,
    },
  ];
}

interface ColumnOptions {
  query: TrashQuery;
  onRestore: TrashActions['restore'];
  /** Asks first. */
  onPurge: (rows: TrashRow[]) => void;
}

function actionsColumn({ onRestore, onPurge }: ColumnOptions): Column<TrashRow> {
  return {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    cardPlace: 'side',
    className: 'md:w-22 wide:w-40',
    cell: (row) => (
      <div className="flex justify-end">
        <Button
          variant="quiet"
          className="max-wide:w-8 max-wide:px-0"
          title={`Restore ${titleOf(row)}`}
          aria-label={`Restore ${titleOf(row)}`}
          disabled={row.isLeaving}
          onClick={() => onRestore([row])}
        >
          <Undo2 aria-hidden size={16} />
          <span className="max-wide:hidden">Restore</span>
        </Button>
        <IconButton
          icon={Trash2}
          label={`Delete ${titleOf(row)} now`}
          disabled={row.isLeaving}
          onClick={() => onPurge([row])}
        />
      </div>
    ),
  };
}

/** The columns of the Trash page. */
export function trashColumns(options: ColumnOptions): Column<TrashRow>[] {
  const { query } = options;
  return [...whatColumns(query), ...whenColumns(query), actionsColumn(options)];
}
