import { Download, Trash2 } from 'lucide-react';
import { AccessMenu } from '#components/list/access-menu.tsx';
import { firstDirection, paths, type StorageQuery, type StorageSort } from '#components/paths.ts';
import { ArtifactName, titleOf } from '#components/storage/artifact-name.tsx';
import { RowMenu } from '#components/storage/row-menu.tsx';
import {
  type ArtifactActions,
  type ArtifactRow,
  download,
} from '#components/storage/use-artifact-changes.tsx';
import { IconButton } from '#components/ui/button.tsx';
import { formatBytes, formatCount, formatExactBytes } from '#components/ui/format.ts';
import { columnSort } from '#components/ui/table/column.ts';
import type { Column } from '#components/ui/table.tsx';
import { EndTime, RelativeTime } from '#components/ui/time.tsx';

function sortBy(query: StorageQuery, sort: StorageSort) {
  return columnSort({
    current: query.sort === sort ? query.direction : null,
    first: firstDirection(sort),
    hrefOf: (direction) => paths.storage({ ...query, sort, direction, page: 1 }),
  });
}

/** How many documents it has, for a line of words; null where nobody knows. */
export function documentsLine({ documents }: { documents: number | null }): string | null {
  if (documents === null) return null;
  return documents === 1 ? '1 document' : `${formatCount(documents)} documents`;
}

interface ColumnOptions {
  query: StorageQuery;
  /** Whose artifacts they are. */
  namespace: string;
  /** The longest that something may be kept, in days; null: for ever. */
  maxKeepDays: number | null;
  actions: ArtifactActions;
}

function nameColumn(query: StorageQuery): Column<ArtifactRow> {
  return {
    id: 'name',
    header: 'Name',
    cardPlace: 'title',
    sort: sortBy(query, 'name'),
    cell: (row) => <ArtifactName artifact={row} line={documentsLine(row)} href={paths.artifact(row)} />,
  };
}

function accessColumn({ query, actions }: ColumnOptions): Column<ArtifactRow> {
  return {
    id: 'access',
    header: 'Access',
    cardPlace: 'side',
    sort: sortBy(query, 'visibility'),
    className: 'md:w-16 wide:w-28',
    cell: (row) => (
      <AccessMenu
        title={titleOf(row)}
        value={row.visibility}
        onChange={(value) => actions.setAccess([row], value)}
      />
    ),
  };
}

function documentsColumn(query: StorageQuery): Column<ArtifactRow> {
  return {
    id: 'documents',
    header: 'Documents',
    isNumber: true,
    cardPlace: 'fact',
    sort: sortBy(query, 'documents'),
    // An empty cell is a dash in the table, and takes no room on a card.
    className: "md:max-xl:hidden xl:w-24 md:empty:before:content-['–']",
    cell: (row) =>
      row.documents !== null && (
        <>
          <span className="md:hidden">{documentsLine(row)}</span>
          <span className="max-md:hidden">{formatCount(row.documents)}</span>
        </>
      ),
  };
}

function sizeColumn(query: StorageQuery): Column<ArtifactRow> {
  return {
    id: 'size',
    header: 'Size',
    isNumber: true,
    cardPlace: 'fact',
    sort: sortBy(query, 'size'),
    className: 'md:w-24 wide:w-26',
    cell: (row) => <span title={formatExactBytes(row.sizeBytes)}>{formatBytes(row.sizeBytes)}</span>,
  };
}

function keptUntilColumn(query: StorageQuery): Column<ArtifactRow> {
  return {
    id: 'keptUntil',
    header: 'Kept until',
    cardPlace: 'fact',
    sort: sortBy(query, 'expireAt'),
    className: 'tabular-nums md:w-34 md:pl-6',
    cell: (row) => <EndTime at={row.expiresAt} endless="For ever" />,
  };
}

function pullsColumn(query: StorageQuery): Column<ArtifactRow> {
  return {
    id: 'pulls',
    header: 'Pulls',
    isNumber: true,
    cardPlace: 'away',
    sort: sortBy(query, 'pulls'),
    className: 'w-20 max-[1400px]:hidden pr-4!',
    cell: (row) => formatCount(row.pulls),
  };
}

function updatedColumn(query: StorageQuery): Column<ArtifactRow> {
  return {
    id: 'updated',
    header: 'Updated',
    cardPlace: 'away',
    sort: sortBy(query, 'updatedAt'),
    className: 'text-text-2 tabular-nums max-xl:hidden xl:w-32',
    cell: (row) => <RelativeTime at={row.updatedAt} />,
  };
}

function actionsColumn({ namespace, maxKeepDays, actions }: ColumnOptions): Column<ArtifactRow> {
  return {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    cardPlace: 'side',
    className: 'md:w-20 wide:w-28',
    cell: (row) => (
      <div className="flex justify-end">
        <IconButton
          icon={Download}
          label={`Download ${titleOf(row)}`}
          className="max-md:hidden"
          onClick={() => void download(row)}
        />
        <IconButton
          icon={Trash2}
          label={`Delete ${titleOf(row)}`}
          className="max-wide:hidden"
          disabled={row.isLeaving}
          onClick={() => actions.remove([row])}
        />
        <RowMenu row={row} namespace={namespace} maxKeepDays={maxKeepDays} actions={actions} />
      </div>
    ),
  };
}

/** The columns of the Storage page. */
export function artifactColumns(options: ColumnOptions): Column<ArtifactRow>[] {
  const { query } = options;
  return [
    nameColumn(query),
    accessColumn(options),
    documentsColumn(query),
    sizeColumn(query),
    keptUntilColumn(query),
    pullsColumn(query),
    updatedColumn(query),
    actionsColumn(options),
  ];
}
