'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useOptimistic } from 'react';
import { reportFailure, rpc } from '#components/rpc.ts';
import { Bdi } from '#components/ui/bdi.tsx';
import { Button } from '#components/ui/button.tsx';
import { type Column, Table } from '#components/ui/table.tsx';
import { EndTime, RelativeTime } from '#components/ui/time.tsx';
import { showDone } from '#components/ui/toast.tsx';
import type { SessionSummary } from '#lib/sessions/list.ts';

function DeviceCell({ device, system, isOwn }: SessionSummary) {
  return (
    <span title={device} className="flex min-w-0 items-center gap-2">
      <span className="min-w-0 font-medium max-md:wrap-anywhere md:truncate">{device}</span>
      {system && <span className="shrink-0 text-13 text-text-2">{system}</span>}
      {isOwn && (
        <span className="shrink-0 rounded-sm bg-accent-soft px-1.5 text-xs font-medium text-accent">
          This one
        </span>
      )}
    </span>
  );
}

const factColumns = (device: string): Column<SessionSummary>[] => [
  { id: 'device', header: device, cardPlace: 'title', cell: (session) => <DeviceCell {...session} /> },
  {
    id: 'address',
    header: 'Address',
    cardPlace: 'fact',
    className: 'font-mono text-13 md:w-36',
    cell: ({ address }) => address ?? 'unknown',
  },
  {
    id: 'created',
    header: 'Signed in',
    cardPlace: 'away',
    className: 'text-text-2 max-xl:hidden xl:w-32',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
  {
    id: 'lastUsed',
    header: 'Last seen',
    cardPlace: 'fact',
    className: 'text-text-2 md:w-32',
    cell: ({ lastUsedAt, createdAt }) => (
      <>
        <span className="md:hidden">seen </span>
        <RelativeTime at={lastUsedAt ?? createdAt} />
      </>
    ),
  },
  {
    id: 'ends',
    header: 'Ends',
    cardPlace: 'away',
    className: 'md:w-32',
    cell: ({ expiresAt }) => <EndTime at={expiresAt} endless="Never" />,
  },
];

function actionsColumn(onEnd: (session: SessionSummary) => void): Column<SessionSummary> {
  return {
    id: 'actions',
    header: 'Actions',
    isHeaderHidden: true,
    cardPlace: 'side',
    className: 'text-right md:w-28',
    cell: (session) =>
      !session.isOwn && (
        <Button variant="quiet" aria-label={`Sign out ${session.device}`} onClick={() => onEnd(session)}>
          Sign out
        </Button>
      ),
  };
}

interface SessionTableProps {
  label: string;
  /** The heading of the column that says what it is. */
  device: string;
  sessions: SessionSummary[];
}

/** Sessions of one kind; each but the person's own can be ended here. */
export function SessionTable({ label, device, sessions }: SessionTableProps) {
  const router = useRouter();
  const [leaving, markLeaving] = useOptimistic<string[], string>([], (ids, id) => [...ids, id]);

  function end({ id, device: name }: SessionSummary): void {
    startTransition(async () => {
      markLeaving(id);
      try {
        await rpc('user.session.end', { id });
        showDone(
          <>
            <Bdi>{name}</Bdi> was signed out.
          </>,
        );
      } catch (error) {
        reportFailure(error);
      }
      startTransition(() => router.refresh());
    });
  }

  return (
    <Table
      label={label}
      columns={[...factColumns(device), actionsColumn(end)]}
      rows={sessions}
      rowKey={({ id }) => id}
      isFading={({ id }) => leaving.includes(id)}
    />
  );
}
