'use client';

import { Trash2, Undo2 } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { ListPages } from '#components/list/list-pages.tsx';
import { sizeOf } from '#components/list/purge-dialog.tsx';
import { paths, type TrashQuery } from '#components/paths.ts';
import { titleOf } from '#components/storage/artifact-name.tsx';
import { PurgeArtifacts } from '#components/storage/purge-artifacts.tsx';
import { RestoreDialog } from '#components/storage/restore-dialog.tsx';
import { trashColumns } from '#components/storage/trash-columns.tsx';
import { type TrashRow, useTrashChanges } from '#components/storage/use-trash-changes.tsx';
import { KeyHint } from '#components/ui/key-hint.tsx';
import { BarButton } from '#components/ui/table/bar-button.tsx';
import { Table } from '#components/ui/table.tsx';
import type { TrashedArtifact } from '#lib/artifacts/trash.ts';

const keyOf = (row: TrashRow) => row.id;
const isLeaving = (row: TrashRow) => row.isLeaving;

interface TrashTableProps {
  items: TrashedArtifact[];
  /** Of all pages. */
  total: number;
  query: TrashQuery;
}

/** What lies in the trash, on one page of the list. */
export function TrashTable({ items, total, query }: TrashTableProps) {
  const [doomed, setDoomed] = useState<TrashRow[]>([]);
  const [unnamed, setUnnamed] = useState<TrashRow[]>([]);
  const addUnnamed = useCallback((rows: TrashRow[]) => setUnnamed((old) => [...old, ...rows]), []);
  const { rows, actions } = useTrashChanges(items, addUnnamed);
  const columns = useMemo(
    () => trashColumns({ query, onRestore: actions.restore, onPurge: setDoomed }),
    [query, actions],
  );
  const [next] = unnamed;

  return (
    <>
      <Table
        label="Trash"
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        isFading={isLeaving}
        view={paths.trash(query)}
        onDelete={setDoomed}
        selection={{
          labelOf: titleOf,
          factOf: sizeOf,
          actions: (selected) => (
            <>
              <BarButton icon={Undo2} label="Restore" onClick={() => actions.restore(selected)} />
              <BarButton
                icon={Trash2}
                label="Delete for good"
                className="text-danger!"
                onClick={() => setDoomed(selected)}
              />
            </>
          ),
        }}
        footer={
          <ListPages
            page={query.page}
            pageSize={query.pageSize}
            total={total}
            hrefOf={(change) => paths.trash({ ...query, ...change })}
          >
            <KeyHint keys={['j', 'k']}>move</KeyHint>
            <KeyHint keys={['x']}>select</KeyHint>
            <KeyHint keys={['Delete']}>delete for good</KeyHint>
          </ListPages>
        }
      />
      <PurgeArtifacts
        artifacts={doomed}
        onClose={() => setDoomed([])}
        onConfirm={() => actions.purge(doomed)}
      />
      {next && (
        <RestoreDialog
          key={next.id}
          artifact={next}
          waiting={unnamed.length - 1}
          onNext={() => setUnnamed(unnamed.slice(1))}
          onClose={() => setUnnamed([])}
        />
      )}
    </>
  );
}
