'use client';

import { useState } from 'react';
import type { StorageQuery } from '#components/paths.ts';
import { artifactColumns } from '#components/storage/artifact-columns.tsx';
import { titleOf } from '#components/storage/artifact-name.tsx';
import { useArtifactChanges } from '#components/storage/use-artifact-changes.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { Table } from '#components/ui/table.tsx';
import type { ArtifactSummary } from '#lib/artifacts/page.ts';

/** What is gone after a deletion, in numbers. */
export function lossOf({
  sizeBytes,
  documents,
  visibility,
}: Pick<ArtifactSummary, 'sizeBytes' | 'documents' | 'visibility'>): string {
  const size = formatBytes(sizeBytes);
  const content =
    documents === null
      ? size
      : `${formatCount(documents)} ${documents === 1 ? 'document' : 'documents'}, ${size}`;
  const who = visibility === 'public' ? 'Nobody can pull it any more' : 'You cannot pull it any more';
  return `${content} and all older versions are deleted. ${who}. This cannot be undone.`;
}

interface ArtifactTableProps {
  items: ArtifactSummary[];
  query: StorageQuery;
}

/** The artifacts of one page of the list. */
export function ArtifactTable({ items, query }: ArtifactTableProps) {
  const { rows, setAccess, remove } = useArtifactChanges(items);
  const [doomed, setDoomed] = useState<ArtifactSummary | null>(null);

  const columns = artifactColumns(query, { onAccess: setAccess, onDelete: setDoomed });
  return (
    <>
      <Table
        label="Your artifacts"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        isFading={(row) => row.isLeaving}
      />
      <ConfirmDialog
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        title={doomed ? `Delete ${titleOf(doomed)}?` : ''}
        action="Delete"
        onConfirm={() => doomed && remove(doomed)}
      >
        {doomed && <p>{lossOf(doomed)}</p>}
      </ConfirmDialog>
    </>
  );
}
