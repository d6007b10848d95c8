'use client';

import { useMemo } from 'react';
import { paths, type StorageQuery } from '#components/paths.ts';
import { toPending } from '#components/storage/arriving.tsx';
import { artifactColumns } from '#components/storage/artifact-columns.tsx';
import { titleOf } from '#components/storage/artifact-name.tsx';
import { BulkActions } from '#components/storage/bulk-actions.tsx';
import { ListFooter } from '#components/storage/list-footer.tsx';
import { useArriving } from '#components/storage/use-arriving.ts';
import { type ArtifactRow, useArtifactChanges } from '#components/storage/use-artifact-changes.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { Table } from '#components/ui/table.tsx';
import type { ArtifactSummary } from '#lib/artifacts/page.ts';

function sizeOf(rows: ArtifactSummary[]): string {
  return formatBytes(rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
}

const keyOf = (row: ArtifactRow) => row.id;
const hrefOf = (row: ArtifactRow) => paths.artifact(row);
const isLeaving = (row: ArtifactRow) => row.isLeaving;

interface ArtifactTableProps {
  items: ArtifactSummary[];
  /** Of all pages. */
  total: number;
  query: StorageQuery;
  /** Whose artifacts they are. */
  namespace: string;
  /** The longest that something may be kept, in days; null: for ever. */
  maxKeepDays: number | null;
}

/** The artifacts of one page of the list. */
export function ArtifactTable({ items, total, query, namespace, maxKeepDays }: ArtifactTableProps) {
  const { rows, actions } = useArtifactChanges(items);
  const { pushes, stop } = useArriving();
  const columns = useMemo(
    () => artifactColumns({ query, namespace, maxKeepDays, actions }),
    [query, namespace, maxKeepDays, actions],
  );

  return (
    <Table
      label="Your artifacts"
      columns={columns}
      rows={rows}
      rowKey={keyOf}
      pending={pushes.map((push) => toPending(push, stop))}
      isFading={isLeaving}
      view={paths.storage(query)}
      hrefOf={hrefOf}
      onDelete={actions.remove}
      selection={{
        labelOf: titleOf,
        factOf: sizeOf,
        actions: (selected) => <BulkActions rows={selected} maxKeepDays={maxKeepDays} actions={actions} />,
      }}
      footer={<ListFooter query={query} total={total} />}
    />
  );
}
