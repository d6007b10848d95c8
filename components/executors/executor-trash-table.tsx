'use client';

import { Trash2, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { type ExecutorTrashQuery, executorPaths } from '#components/executor-paths.ts';
import { executorsAre } from '#components/executors/executor-name.tsx';
import { executorTrashColumns, type TrashRow } from '#components/executors/executor-trash-columns.tsx';
import { ListPages } from '#components/list/list-pages.tsx';
import { PurgeDialog, sizeOf } from '#components/list/purge-dialog.tsx';
import { rpcEach, useRowChanges } from '#components/list/use-row-changes.ts';
import { rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { focusMain } from '#components/ui/focus-main.ts';
import { KeyHint } from '#components/ui/key-hint.tsx';
import { BarButton } from '#components/ui/table/bar-button.tsx';
import { Table } from '#components/ui/table.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { TrashedExecutor } from '#lib/executors/trash-list.ts';

function sayDone(rows: TrashRow[], one: string, many: string): void {
  const [only] = rows;
  showDone(
    rows.length === 1 && only ? (
      <>
        <Bdi>{only.name}</Bdi> is {one}.
      </>
    ) : (
      `${executorsAre(rows.length)} ${many}.`
    ),
  );
}

function useTrashActions(items: TrashedExecutor[]) {
  const { rows, change } = useRowChanges(items);
  const actions = useMemo(
    () => ({
      restore: (restored: TrashRow[]) => {
        focusMain();
        change(restored, { isLeaving: true }, async (ids) => {
          await rpcEach('executor.restore', ids);
          sayDone(restored, 'back', 'back');
        });
      },
      purge: (purged: TrashRow[]) => {
        focusMain();
        change(purged, { isLeaving: true }, async (ids) => {
          await rpc('executor.purge', { ids });
          sayDone(purged, 'gone for good', 'gone for good');
        });
      },
    }),
    [change],
  );
  return { rows, actions };
}

interface ExecutorTrashTableProps {
  items: TrashedExecutor[];
  /** Of all pages. */
  total: number;
  query: ExecutorTrashQuery;
}

/** The Executors in the trash, on one page of the list. */
export function ExecutorTrashTable({ items, total, query }: ExecutorTrashTableProps) {
  const [doomed, setDoomed] = useState<TrashRow[]>([]);
  const { rows, actions } = useTrashActions(items);
  const columns = useMemo(
    () => executorTrashColumns(query, { onRestore: actions.restore, onPurge: setDoomed }),
    [query, actions],
  );
  return (
    <>
      <Table
        label="Trash"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        isFading={(row) => row.isLeaving}
        view={executorPaths.trash(query)}
        onDelete={setDoomed}
        selection={{
          labelOf: ({ name }) => name,
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
            hrefOf={(change) => executorPaths.trash({ ...query, ...change })}
          >
            <KeyHint keys={['j', 'k']}>move</KeyHint>
            <KeyHint keys={['x']}>select</KeyHint>
            <KeyHint keys={['Delete']}>delete for good</KeyHint>
          </ListPages>
        }
      />
      <PurgeDialog
        items={doomed.map(({ id, name, sizeBytes }) => ({ id, title: name, sizeBytes }))}
        many="Executors"
        onClose={() => setDoomed([])}
        onConfirm={() => actions.purge(doomed)}
      >
        {sizeOf(doomed)} with all pushes and tags are deleted for good. Nothing brings them back.
      </PurgeDialog>
    </>
  );
}
