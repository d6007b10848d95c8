'use client';

import { formatCount } from '#components/ui/format.ts';
import { type Column, Table } from '#components/ui/table.tsx';
import { DayOf, RelativeTime } from '#components/ui/time.tsx';
import type { ClientPulls, Pulls } from '#lib/artifacts/get-pulls.ts';

type DayPulls = Pulls['days'][number];

const CLIENT_COLUMNS: Column<ClientPulls>[] = [
  {
    id: 'client',
    header: 'Client',
    cardPlace: 'title',
    cell: ({ client }) => <span className="block font-medium wrap-anywhere">{client}</span>,
  },
  {
    id: 'version',
    header: 'Newest version',
    isNumber: true,
    cardPlace: 'fact',
    className: 'md:w-36',
    cell: ({ version }) => (
      <>
        <span className="md:hidden">version </span>
        {version}
      </>
    ),
  },
  {
    id: 'pulls',
    header: 'Pulls',
    isNumber: true,
    cardPlace: 'fact',
    className: 'md:w-28',
    cell: ({ count }) => (
      <>
        {formatCount(count)}
        <span className="md:hidden"> {count === 1 ? 'pull' : 'pulls'}</span>
      </>
    ),
  },
  {
    id: 'last',
    header: 'Last',
    cardPlace: 'fact',
    className: 'text-text-2 md:w-44 md:pl-6',
    cell: ({ last }) => <RelativeTime at={last} />,
  },
];

const DAY_COLUMNS: Column<DayPulls>[] = [
  { id: 'day', header: 'Day (UTC)', cardPlace: 'title', cell: ({ day }) => <DayOf at={day} /> },
  {
    id: 'pulls',
    header: 'Pulls',
    isNumber: true,
    cardPlace: 'side',
    className: 'md:w-28',
    cell: ({ count }) => formatCount(count),
  },
];

/** Pulls by program and its newest version. */
export function ClientTable({ clients }: { clients: ClientPulls[] }) {
  return (
    <Table label="Pulls by client" columns={CLIENT_COLUMNS} rows={clients} rowKey={({ client }) => client} />
  );
}

/** Pulls by day: the chart's numbers in words. */
export function DayTable({ days }: { days: DayPulls[] }) {
  return (
    <Table label="Pulls a day" columns={DAY_COLUMNS} rows={days} rowKey={({ day }) => day.toISOString()} />
  );
}
