import { Trash2 } from 'lucide-react';
import {
  type ExecutorQuery,
  type ExecutorSort,
  executorPaths,
  firstExecutorDirection,
} from '#components/executor-paths.ts';
import { ExecutorName } from '#components/executors/executor-name.tsx';
import { ExecutorRowMenu } from '#components/executors/executor-row-menu.tsx';
import { PushState } from '#components/executors/push-state.tsx';
import { TagList } from '#components/executors/tag-list.tsx';
import type { ExecutorActions, ExecutorRow } from '#components/executors/use-executor-changes.tsx';
import { AccessMenu } from '#components/list/access-menu.tsx';
import { IconButton } from '#components/ui/button.tsx';
import { formatBytes, formatCount, formatExactBytes } from '#components/ui/format.ts';
import { columnSort } from '#components/ui/table/column.ts';
import type { Column } from '#components/ui/table.tsx';
import { RelativeTime } from '#components/ui/time.tsx';

function sortBy(query: ExecutorQuery, sort: ExecutorSort) {
  return columnSort({
    current: query.sort === sort ? query.direction : null,
    first: firstExecutorDirection(sort),
    hrefOf: (direction) => executorPaths.list({ ...query, sort, direction, page: 1 }),
  });
}

interface ColumnOptions {
  query: ExecutorQuery;
  actions: ExecutorActions;
  /** Whether the sizes of images are shown. */
  hasImages: boolean;
}

function whatColumns({ query, actions }: ColumnOptions): Column<ExecutorRow>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      cardPlace: 'title',
      sort: sortBy(query, 'name'),
      cell: (row) => <ExecutorName executor={row} line={row.tags.join(', ')} />,
    },
    {
      id: 'access',
      header: 'Access',
      cardPlace: 'side',
      sort: sortBy(query, 'visibility'),
      className: 'md:w-16 wide:w-28',
      cell: (row) => (
        <AccessMenu
          title={row.name}
          value={row.visibility}
          onChange={(value) => actions.setAccess([row], value)}
        />
      ),
    },
    {
      id: 'tags',
      header: 'Tags',
      cardPlace: 'fact',
      className: 'md:max-xl:hidden xl:w-44',
      cell: ({ tags, tagCount }) => <TagList tags={tags} count={tagCount} />,
    },
    {
      id: 'push',
      header: 'Last push',
      cardPlace: 'fact',
      className: 'max-md:max-w-full md:w-44 xl:w-56',
      cell: (row) => (
        <PushState
          push={row.lastPush}
          href={executorPaths.executor(row, { tab: 'pushes', push: row.lastPush?.id })}
        />
      ),
    },
  ];
}

function imageColumn({ query }: ColumnOptions): Column<ExecutorRow> {
  return {
    id: 'image',
    header: 'Image',
    isNumber: true,
    cardPlace: 'fact',
    sort: sortBy(query, 'image'),
    className: 'md:w-24',
    cell: ({ imageBytes }) =>
      imageBytes === null ? (
        <span className="text-text-3 max-md:hidden">–</span>
      ) : (
        <span title={formatExactBytes(imageBytes)}>{formatBytes(imageBytes)}</span>
      ),
  };
}

function numberColumns(options: ColumnOptions): Column<ExecutorRow>[] {
  const { query, hasImages } = options;
  return [
    ...(hasImages ? [imageColumn(options)] : []),
    {
      id: 'size',
      header: 'Size',
      isNumber: true,
      cardPlace: hasImages ? 'away' : 'fact',
      sort: sortBy(query, 'size'),
      // Beside its image's, what all of an Executor takes needs a wide screen.
      className: hasImages ? 'w-24 max-[1600px]:hidden' : 'md:w-24',
      cell: (row) => <span title={formatExactBytes(row.sizeBytes)}>{formatBytes(row.sizeBytes)}</span>,
    },
    {
      id: 'pulls',
      header: 'Pulls',
      isNumber: true,
      cardPlace: 'away',
      sort: sortBy(query, 'pulls'),
      className: 'w-20 max-[1400px]:hidden pr-4!',
      cell: (row) => formatCount(row.pulls),
    },
    {
      id: 'updated',
      header: 'Updated',
      cardPlace: 'away',
      sort: sortBy(query, 'updatedAt'),
      className: 'text-text-2 tabular-nums max-xl:hidden xl:w-32',
      cell: (row) => <RelativeTime at={row.updatedAt} />,
    },
  ];
}

function actionsColumn({ actions }: ColumnOptions): Column<ExecutorRow> {
  return {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    cardPlace: 'side',
    className: 'md:w-12 wide:w-20',
    cell: (row) => (
      <div className="flex justify-end">
        <IconButton
          icon={Trash2}
          label={`Delete ${row.name}`}
          className="max-wide:hidden"
          disabled={row.isLeaving}
          onClick={() => actions.remove([row])}
        />
        <ExecutorRowMenu row={row} actions={actions} />
      </div>
    ),
  };
}

/** The columns of the Executors page. */
export function executorColumns(options: ColumnOptions): Column<ExecutorRow>[] {
  return [...whatColumns(options), ...numberColumns(options), actionsColumn(options)];
}
