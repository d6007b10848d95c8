'use client';

import type { StorageQuery } from '#components/paths.ts';
import { artifactColumns } from '#components/storage/artifact-columns.tsx';
import { useArtifactChanges } from '#components/storage/use-artifact-changes.ts';
import { Table } from '#components/ui/table.tsx';
import type { ArtifactSummary } from '#lib/artifacts/page.ts';

interface ArtifactTableProps {
  items: ArtifactSummary[];
  query: StorageQuery;
}

/** The artifacts of one page of the list. */
export function ArtifactTable({ items, query }: ArtifactTableProps) {
  const { rows, setAccess, remove } = useArtifactChanges(items);
  return (
    <Table
      label="Your artifacts"
      columns={artifactColumns(query, { onAccess: setAccess, onDelete: remove })}
      rows={rows}
      rowKey={(row) => row.id}
      isFading={(row) => row.isLeaving}
    />
  );
}
