'use client';

import { Lock, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { type ExecutorQuery, executorPaths } from '#components/executor-paths.ts';
import { executorColumns } from '#components/executors/executor-columns.tsx';
import { toPending } from '#components/executors/first-pushes.tsx';
import {
  type ExecutorActions,
  type ExecutorRow,
  useExecutorChanges,
} from '#components/executors/use-executor-changes.tsx';
import { ACCESS_CHOICES } from '#components/list/access-menu.tsx';
import { ListPages } from '#components/list/list-pages.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { KeyHint } from '#components/ui/key-hint.tsx';
import { Menu, MenuChoices } from '#components/ui/menu.tsx';
import { BarButton } from '#components/ui/table/bar-button.tsx';
import { Table } from '#components/ui/table.tsx';
import type { FirstPush } from '#lib/executors/last-push.ts';
import type { ExecutorSummary } from '#lib/executors/own-list.ts';

const keyOf = (row: ExecutorRow) => row.id;
const hrefOf = (row: ExecutorRow) => executorPaths.executor(row);
const titleOf = (row: ExecutorRow) => row.name;
const isLeaving = (row: ExecutorRow) => row.isLeaving;

function sizeOf(rows: ExecutorRow[]): string {
  return formatBytes(rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
}

function BulkActions({ rows, actions }: { rows: ExecutorRow[]; actions: ExecutorActions }) {
  const visibilities = new Set(rows.map(({ visibility }) => visibility));
  const [common = null] = visibilities.size === 1 ? visibilities : [];
  return (
    <>
      <Menu label="Access" trigger={<BarButton icon={Lock} label="Access" />}>
        <MenuChoices
          value={common}
          choices={ACCESS_CHOICES}
          onChange={(visibility) => actions.setAccess(rows, visibility)}
        />
      </Menu>
      <BarButton icon={Trash2} label="Delete" className="text-danger!" onClick={() => actions.remove(rows)} />
    </>
  );
}

function WhatIsKept({ isBuilding }: { isBuilding: boolean }) {
  return (
    <p className="mt-3 text-13 text-text-2">
      Executors stay until you delete them. This server keeps their packages:{' '}
      <code className="font-mono text-xs">jinaai://</code> works, and the requirements are installed where the
      Flow runs.
      {isBuilding && (
        <>
          {' '}
          Each push builds an image too, for <code className="font-mono text-xs">jinaai+docker://</code>.
        </>
      )}
    </p>
  );
}

interface ExecutorTableProps {
  items: ExecutorSummary[];
  /** Of all pages. */
  total: number;
  query: ExecutorQuery;
  firstPushes: FirstPush[];
  /** Whether this server builds images. */
  isBuilding: boolean;
}

/** The Executors of one page of the list. */
export function ExecutorTable({ items, total, query, firstPushes, isBuilding }: ExecutorTableProps) {
  const { rows, actions } = useExecutorChanges(items);
  const hasImages = isBuilding || items.some(({ imageBytes }) => imageBytes !== null);
  const columns = useMemo(() => executorColumns({ query, actions, hasImages }), [query, actions, hasImages]);
  return (
    <Table
      label="Your Executors"
      columns={columns}
      rows={rows}
      rowKey={keyOf}
      pending={firstPushes.map(toPending)}
      isFading={isLeaving}
      view={executorPaths.list(query)}
      hrefOf={hrefOf}
      onDelete={actions.remove}
      selection={{
        labelOf: titleOf,
        factOf: sizeOf,
        actions: (selected) => <BulkActions rows={selected} actions={actions} />,
      }}
      footer={
        <>
          <ListPages
            page={query.page}
            pageSize={query.pageSize}
            total={total}
            hrefOf={(change) => executorPaths.list({ ...query, ...change })}
          >
            <KeyHint keys={['j', 'k']}>move</KeyHint>
            <KeyHint keys={['x']}>select</KeyHint>
            <KeyHint keys={['Enter']}>open</KeyHint>
            <KeyHint keys={['Delete']}>delete</KeyHint>
          </ListPages>
          <WhatIsKept isBuilding={isBuilding} />
        </>
      }
    />
  );
}
