import { Download, Trash2 } from 'lucide-react';
import { DEFAULT_STORAGE_QUERY, paths, type StorageQuery, type StorageSort } from '#components/paths.ts';
import { AccessMenu, type Visibility } from '#components/storage/access-menu.tsx';
import { ArtifactName, titleOf } from '#components/storage/artifact-name.tsx';
import { type ArtifactRow, download } from '#components/storage/use-artifact-changes.ts';
import { IconButton } from '#components/ui/button.tsx';
import { formatBytes, formatCount, formatExactBytes } from '#components/ui/format.ts';
import type { Column } from '#components/ui/table.tsx';
import { EndTime, RelativeTime } from '#components/ui/time.tsx';

/** Where a click on the header leads: words from A, numbers and dates from the largest; a second click turns it. */
function sortBy(query: StorageQuery, sort: StorageSort): NonNullable<Column<ArtifactRow>['sort']> {
  const isCurrent = query.sort === sort;
  const first = sort === 'name' || sort === 'visibility' ? 1 : -1;
  const direction = isCurrent ? (query.direction === 1 ? -1 : 1) : first;
  return {
    href: paths.storage({ ...query, sort, direction, page: DEFAULT_STORAGE_QUERY.page }),
    direction: isCurrent ? (query.direction === 1 ? 'ascending' : 'descending') : null,
  };
}

function documentsLine({ documents }: ArtifactRow): string | null {
  if (documents === null) return null;
  return documents === 1 ? '1 document' : `${formatCount(documents)} documents`;
}

interface ColumnActions {
  onAccess: (artifact: ArtifactRow, visibility: Visibility) => void;
  onDelete: (artifact: ArtifactRow) => void;
}

function nameColumn(query: StorageQuery): Column<ArtifactRow> {
  return {
    id: 'name',
    header: 'Name',
    cardPlace: 'title',
    sort: sortBy(query, 'name'),
    cell: (row) => <ArtifactName artifact={row} line={documentsLine(row)} />,
  };
}

function accessColumn(query: StorageQuery, onAccess: ColumnActions['onAccess']): Column<ArtifactRow> {
  return {
    id: 'access',
    header: 'Access',
    cardPlace: 'side',
    sort: sortBy(query, 'visibility'),
    className: 'md:w-20 wide:w-28',
    cell: (row) => (
      <AccessMenu title={titleOf(row)} value={row.visibility} onChange={(value) => onAccess(row, value)} />
    ),
  };
}

const documentsColumn: Column<ArtifactRow> = {
  id: 'documents',
  header: 'Documents',
  isNumber: true,
  cardPlace: 'fact',
  // An empty cell is a dash in the table, and takes no room on a card.
  className: "md:max-xl:hidden xl:w-28 md:empty:before:content-['–']",
  cell: (row) =>
    row.documents !== null && (
      <>
        <span className="md:hidden">{documentsLine(row)}</span>
        <span className="max-md:hidden">{formatCount(row.documents)}</span>
      </>
    ),
};

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

const keptUntilColumn: Column<ArtifactRow> = {
  id: 'keptUntil',
  header: 'Kept until',
  cardPlace: 'fact',
  className: 'tabular-nums md:w-36 md:pl-6',
  cell: (row) => <EndTime at={row.expiresAt} endless="For ever" />,
};

function updatedColumn(query: StorageQuery): Column<ArtifactRow> {
  return {
    id: 'updated',
    header: 'Updated',
    cardPlace: 'away',
    sort: sortBy(query, 'updatedAt'),
    className: 'text-text-2 tabular-nums max-xl:hidden xl:w-36',
    cell: (row) => <RelativeTime at={row.updatedAt} />,
  };
}

function actionsColumn(onDelete: ColumnActions['onDelete']): Column<ArtifactRow> {
  return {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    cardPlace: 'side',
    className: 'md:w-22',
    cell: (row) => (
      <div className="flex justify-end">
        <IconButton icon={Download} label={`Download ${titleOf(row)}`} onClick={() => void download(row)} />
        <IconButton
          icon={Trash2}
          label={`Delete ${titleOf(row)}`}
          disabled={row.isLeaving}
          onClick={() => onDelete(row)}
        />
      </div>
    ),
  };
}

/** The columns of the Storage page. */
export function artifactColumns(query: StorageQuery, actions: ColumnActions): Column<ArtifactRow>[] {
  return [
    nameColumn(query),
    accessColumn(query, actions.onAccess),
    documentsColumn,
    sizeColumn(query),
    keptUntilColumn,
    updatedColumn(query),
    actionsColumn(actions.onDelete),
  ];
}
