'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { titleOf } from '#components/storage/artifact-name.tsx';
import { RestoreDialog } from '#components/storage/restore-dialog.tsx';
import { trashColumns } from '#components/storage/trash-columns.tsx';
import { useTrashChanges } from '#components/storage/use-trash-changes.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { Table } from '#components/ui/table.tsx';
import type { TrashedArtifact } from '#lib/artifacts/trash.ts';

/** What is gone afterwards, in numbers. */
function lossOf(artifacts: TrashedArtifact[]): string {
  const size = formatBytes(artifacts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  return `${size} and all older versions are deleted for good. This cannot be undone.`;
}

function questionOf(artifacts: TrashedArtifact[], isAll: boolean): string {
  const [first] = artifacts;
  if (!first) return '';
  if (artifacts.length === 1) return `Delete ${titleOf(first)} now?`;
  return isAll ? `Empty the trash of ${artifacts.length}?` : `Delete these ${artifacts.length} now?`;
}

interface TrashTableProps {
  items: TrashedArtifact[];
  /** Whether there is nothing more on other pages. */
  isAll: boolean;
}

/** What lies in the trash, on one page of the list. */
export function TrashTable({ items, isAll }: TrashTableProps) {
  const [doomed, setDoomed] = useState<TrashedArtifact[]>([]);
  const [unnamed, setUnnamed] = useState<TrashedArtifact | null>(null);
  const { rows, restore, purge } = useTrashChanges(items, setUnnamed);
  const columns = trashColumns({ onRestore: restore, onPurge: (row) => setDoomed([row]) });
  return (
    <>
      <div className="my-3 flex justify-end">
        <Button variant="quiet" className="text-danger hover:text-danger" onClick={() => setDoomed(items)}>
          <Trash2 aria-hidden size={16} />
          {isAll ? 'Empty the trash' : `Delete these ${items.length} now`}
        </Button>
      </div>
      <Table
        label="Trash"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        isFading={(row) => row.isLeaving}
      />
      <ConfirmDialog
        isOpen={doomed.length > 0}
        onClose={() => setDoomed([])}
        title={questionOf(doomed, isAll)}
        action="Delete now"
        onConfirm={() => purge(doomed)}
      >
        <p>{lossOf(doomed)}</p>
      </ConfirmDialog>
      {unnamed && <RestoreDialog artifact={unnamed} onClose={() => setUnnamed(null)} />}
    </>
  );
}
