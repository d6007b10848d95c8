'use client';

import { lazy, Suspense, useMemo, useState } from 'react';
import { paths, type StorageQuery } from '#components/paths.ts';
import { artifactColumns } from '#components/storage/artifact-columns.tsx';
import { titleOf } from '#components/storage/artifact-name.tsx';
import { BulkActions } from '#components/storage/bulk-actions.tsx';
import { ListFooter } from '#components/storage/list-footer.tsx';
import { type ArtifactRow, useArtifactChanges } from '#components/storage/use-artifact-changes.ts';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { Table } from '#components/ui/table.tsx';
import type { ArtifactSummary } from '#lib/artifacts/page.ts';

/** Loaded when something is asked for the first time. */
const ConfirmDialog = lazy(async () => ({
  default: (await import('#components/ui/confirm-dialog.tsx')).ConfirmDialog,
}));

function sizeOf(rows: ArtifactSummary[]): string {
  return formatBytes(rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
}

/** What is asked before a deletion. */
function questionOf(rows: ArtifactSummary[]): string {
  const [only] = rows;
  return rows.length === 1 && only
    ? `Delete ${titleOf(only)}?`
    : `Delete ${formatCount(rows.length)} artifacts?`;
}

/** What is gone after a deletion, in numbers. */
function lossOf(rows: ArtifactSummary[]): string {
  const documents = rows.reduce((sum, row) => sum + (row.documents ?? 0), 0);
  const counted =
    documents > 0 ? `${formatCount(documents)} ${documents === 1 ? 'document' : 'documents'}, ` : '';
  const it = rows.length === 1 ? 'it' : 'them';
  const isPublic = rows.some(({ visibility }) => visibility === 'public');
  const who = isPublic ? `Nobody can pull ${it} any more` : `You cannot pull ${it} any more`;
  return `${counted}${sizeOf(rows)} and all older versions are deleted. ${who}. This cannot be undone.`;
}

const keyOf = (row: ArtifactRow) => row.id;
const isLeaving = (row: ArtifactRow) => row.isLeaving;

interface ArtifactTableProps {
  items: ArtifactSummary[];
  /** Of all pages. */
  total: number;
  query: StorageQuery;
  /** Whose artifacts they are. */
  namespace: string;
}

/** The artifacts of one page of the list. */
export function ArtifactTable({ items, total, query, namespace }: ArtifactTableProps) {
  const { rows, actions } = useArtifactChanges(items);
  const [doomed, setDoomed] = useState<ArtifactRow[] | null>(null);
  const columns = useMemo(
    () => artifactColumns({ query, namespace, actions, onDelete: setDoomed }),
    [query, namespace, actions],
  );

  return (
    <>
      <Table
        label="Your artifacts"
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        isFading={isLeaving}
        view={paths.storage(query)}
        onDelete={setDoomed}
        selection={{
          labelOf: titleOf,
          factOf: sizeOf,
          actions: (selected) => <BulkActions rows={selected} actions={actions} onDelete={setDoomed} />,
        }}
        footer={<ListFooter query={query} total={total} />}
      />
      {doomed && (
        <Suspense>
          <ConfirmDialog
            isOpen
            onClose={() => setDoomed(null)}
            title={questionOf(doomed)}
            action="Delete"
            onConfirm={() => actions.remove(doomed)}
          >
            <p>{lossOf(doomed)}</p>
          </ConfirmDialog>
        </Suspense>
      )}
    </>
  );
}
