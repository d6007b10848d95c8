import { PHONE_DAYS, PullsChart } from '#components/artifact/pulls-chart.tsx';
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

function sumOf(days: DayPulls[]): string {
  return formatCount(days.reduce((sum, { count }) => sum + count, 0));
}

/** How often an artifact was pulled, when and by which programs. */
export function PullsTab({ pulls: { total, last, days, clients } }: { pulls: Pulls }) {
  if (total === 0)
    return (
      <p className="text-text-2">
        Nobody has pulled it yet. Each pull is counted here, by day and by client.
      </p>
    );
  const pulledDays = days.filter(({ count }) => count > 0).reverse();
  return (
    <section aria-labelledby="pulls">
      <div className="mb-2 flex flex-wrap items-baseline gap-x-2">
        <h2 id="pulls">Pulls</h2>
        <p className="text-text-2 tabular-nums">
          <span className="max-md:hidden">
            {sumOf(days)} in {days.length} days
          </span>
          <span className="md:hidden">
            {sumOf(days.slice(-PHONE_DAYS))} in {PHONE_DAYS} days
          </span>
          , {formatCount(total)} in all
          {last && (
            <>
              , the last <RelativeTime at={last} />
            </>
          )}
        </p>
      </div>
      <div className="rounded-lg border bg-raised">
        <PullsChart days={days} />
        <div className="px-4 pb-2 md:px-2">
          <Table
            label="Pulls by client"
            columns={CLIENT_COLUMNS}
            rows={clients}
            rowKey={({ client }) => client}
          />
        </div>
      </div>
      {pulledDays.length > 0 && (
        <details className="mt-4">
          <summary className="w-fit text-13 text-text-2 hover:text-text">Each day in numbers</summary>
          <div className="mt-2 max-w-md">
            <Table
              label="Pulls a day"
              columns={DAY_COLUMNS}
              rows={pulledDays}
              rowKey={({ day }) => day.toISOString()}
            />
          </div>
        </details>
      )}
    </section>
  );
}
