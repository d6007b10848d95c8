import { Trash2, Undo2 } from 'lucide-react';
import { ArtifactName, titleOf } from '#components/storage/artifact-name.tsx';
import type { TrashRow } from '#components/storage/use-trash-changes.ts';
import { Button, IconButton } from '#components/ui/button.tsx';
import { formatBytes, formatCount, formatExactBytes } from '#components/ui/format.ts';
import type { Column } from '#components/ui/table.tsx';
import { EndTime, RelativeTime } from '#components/ui/time.tsx';

/** `you, in the browser`, `you, docarray 0.21.0`, or `its time ran out`. */
export function deletedBy({ deletion, deletedClient }: Pick<TrashRow, 'deletion' | 'deletedClient'>): string {
  if (deletion === 'expiry') return 'its time ran out';
  if (!deletedClient) return 'you';
  if (deletedClient.startsWith('Mozilla/')) return 'you, in the browser';
  const [product = ''] = deletedClient.split(' ');
  return `you, ${product.replace('/', ' ')}`;
}

const factColumns: Column<TrashRow>[] = [
  {
    id: 'name',
    header: 'Name',
    cardPlace: 'title',
    cell: (row) => <ArtifactName artifact={row} line={deletedBy(row)} href={null} />,
  },
  {
    id: 'documents',
    header: 'Documents',
    isNumber: true,
    cardPlace: 'away',
    className: "max-xl:hidden xl:w-28 md:empty:before:content-['–']",
    cell: ({ documents }) => documents !== null && formatCount(documents),
  },
  {
    id: 'size',
    header: 'Size',
    isNumber: true,
    cardPlace: 'fact',
    className: 'md:w-24',
    cell: ({ sizeBytes }) => <span title={formatExactBytes(sizeBytes)}>{formatBytes(sizeBytes)}</span>,
  },
  {
    id: 'deletedBy',
    header: 'Deleted by',
    cardPlace: 'fact',
    className: 'text-text-2 md:max-xl:hidden md:pl-6 xl:w-52',
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
    className: 'text-text-2 tabular-nums max-wide:hidden wide:w-36',
    cell: ({ deletedAt }) => <RelativeTime at={deletedAt} />,
  },
  {
    id: 'gone',
    header: 'Gone for good',
    cardPlace: 'fact',
    className: 'tabular-nums md:w-36 md:pl-6',
    cell: ({ goneAt }) => <EndTime at={goneAt} endless="" />,
  },
];

interface TrashActions {
  onRestore: (artifact: TrashRow) => void;
  onPurge: (artifact: TrashRow) => void;
}

/** The columns of the Trash page. */
export function trashColumns({ onRestore, onPurge }: TrashActions): Column<TrashRow>[] {
  return [
    ...factColumns,
    {
      id: 'actions',
      header: 'Actions',
      isHeaderHidden: true,
      cardPlace: 'side',
      className: 'md:w-40',
      cell: (row) => (
        <div className="flex justify-end">
          <Button
            variant="quiet"
            aria-label={`Restore ${titleOf(row)}`}
            disabled={row.isLeaving}
            onClick={() => onRestore(row)}
          >
            <Undo2 aria-hidden size={16} />
            <span className="max-md:sr-only">Restore</span>
          </Button>
          <IconButton
            icon={Trash2}
            label={`Delete ${titleOf(row)} now`}
            disabled={row.isLeaving}
            onClick={() => onPurge(row)}
          />
        </div>
      ),
    },
  ];
}
