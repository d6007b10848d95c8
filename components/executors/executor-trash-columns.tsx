import { Trash2, Undo2 } from 'lucide-react';
import {
  type ExecutorTrashQuery,
  executorPaths,
  firstExecutorDirection,
} from '#components/executor-paths.ts';
import { ExecutorName } from '#components/executors/executor-name.tsx';
import { deletedByProgram } from '#components/list/deleted-by.ts';
import type { Changing } from '#components/list/use-row-changes.ts';
import { Button, IconButton } from '#components/ui/button.tsx';
import { formatBytes, formatCount, formatExactBytes } from '#components/ui/format.ts';
import { columnSort } from '#components/ui/table/column.ts';
import type { Column } from '#components/ui/table.tsx';
import { EndTime, RelativeTime } from '#components/ui/time.tsx';
import type { TrashedExecutor } from '#lib/executors/trash-list.ts';

export type TrashRow = Changing<TrashedExecutor>;

function commitsLine({ commits }: { commits: number }): string {
  return commits === 1 ? '1 push' : `${formatCount(commits)} pushes`;
}

function whatColumns(query: ExecutorTrashQuery): Column<TrashRow>[] {
  const sortBy = (sort: ExecutorTrashQuery['sort']) =>
    columnSort({
      current: query.sort === sort ? query.direction : null,
      first: firstExecutorDirection(sort),
      hrefOf: (direction) => executorPaths.trash({ ...query, sort, direction, page: 1 }),
    });
  return [
    {
      id: 'name',
      header: 'Name',
      cardPlace: 'title',
      sort: sortBy('name'),
      cell: (row) => (
        <ExecutorName
          isLink={false}
          executor={row}
          line={`${commitsLine(row)}, ${deletedByProgram(row.deletedProgram)}`}
        />
      ),
    },
    {
      id: 'commits',
      header: 'Pushes',
      isNumber: true,
      cardPlace: 'fact',
      className: 'md:max-xl:hidden xl:w-24',
      cell: (row) => (
        <>
          <span className="md:hidden">{commitsLine(row)}</span>
          <span className="max-md:hidden">{formatCount(row.commits)}</span>
        </>
      ),
    },
    {
      id: 'size',
      header: 'Size',
      isNumber: true,
      cardPlace: 'fact',
      sort: sortBy('size'),
      className: 'md:w-24',
      cell: ({ sizeBytes }) => <span title={formatExactBytes(sizeBytes)}>{formatBytes(sizeBytes)}</span>,
    },
    {
      id: 'deletedBy',
      header: 'Deleted by',
      cardPlace: 'fact',
      sort: sortBy('deletedBy'),
      className: 'text-text-2 max-md:max-w-[calc(100%-8px)] md:max-xl:hidden md:pl-6 xl:w-52',
      cell: (row) => (
        <span title={row.deletedClient ?? undefined} className="block truncate">
          {deletedByProgram(row.deletedProgram)}
        </span>
      ),
    },
    {
      id: 'deleted',
      header: 'Deleted',
      cardPlace: 'away',
      sort: sortBy('deletedAt'),
      className: 'text-text-2 tabular-nums max-wide:hidden wide:w-34',
      cell: ({ deletedAt }) => <RelativeTime at={deletedAt} />,
    },
    {
      id: 'gone',
      header: 'Gone for good',
      cardPlace: 'fact',
      sort: sortBy('goneAt'),
      className: 'tabular-nums md:w-36 md:pl-6 wide:pl-2',
      cell: ({ goneAt }) => <EndTime hasClock at={goneAt} endless="" term="gone" />,
    },
  ];
}

interface ActionOptions {
  onRestore: (rows: TrashRow[]) => void;
  /** Asks first. */
  onPurge: (rows: TrashRow[]) => void;
}

function actionsColumn({ onRestore, onPurge }: ActionOptions): Column<TrashRow> {
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
          title={`Restore ${row.name}`}
          aria-label={`Restore ${row.name}`}
          disabled={row.isLeaving}
          onClick={() => onRestore([row])}
        >
          <Undo2 aria-hidden size={16} />
          <span className="max-wide:hidden">Restore</span>
        </Button>
        <IconButton
          icon={Trash2}
          label={`Delete ${row.name} now`}
          disabled={row.isLeaving}
          onClick={() => onPurge([row])}
        />
      </div>
    ),
  };
}

/** The columns of the trash of Executors. */
export function executorTrashColumns(query: ExecutorTrashQuery, actions: ActionOptions): Column<TrashRow>[] {
  return [...whatColumns(query), actionsColumn(actions)];
}
