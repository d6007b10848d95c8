import { PHONE_DAYS, PullsChart } from '#components/artifact/pulls-chart.tsx';
import { ClientTable, DayTable } from '#components/artifact/pulls-tables.tsx';
import { formatCount } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/time.tsx';
import type { Pulls } from '#lib/artifacts/get-pulls.ts';

function sumOf(days: Pulls['days']): string {
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
          <ClientTable clients={clients} />
        </div>
      </div>
      {pulledDays.length > 0 && (
        <details className="mt-4">
          <summary className="w-fit text-13 text-text-2 hover:text-text">Each day in numbers</summary>
          <div className="mt-2 max-w-md">
            <DayTable days={pulledDays} />
          </div>
        </details>
      )}
    </section>
  );
}
