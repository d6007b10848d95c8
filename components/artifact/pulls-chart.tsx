import { niceTicks } from '#components/artifact/nice-ticks.ts';
import { classes } from '#components/ui/classes.ts';
import { formatCount, formatDay } from '#components/ui/format.ts';
import type { Pulls } from '#lib/artifacts/get-pulls.ts';

const UTC = 'UTC';
/** What a phone has room for. */
export const PHONE_DAYS = 30;

/** Pulls a day as bars, for the eye; the table below it says the same in words. */
export function PullsChart({ days }: { days: Pulls['days'] }) {
  const ticks = niceTicks(Math.max(...days.map(({ count }) => count)));
  const top = ticks.at(-1) ?? 1;
  const today = days.at(-1)?.day.getTime() ?? 0;
  const label = (day: Date) => formatDay(day.getTime(), today, UTC);
  return (
    <div aria-hidden className="flex gap-2 px-4 pt-5 pb-2 text-11 text-text-2 tabular-nums">
      <div className="flex h-36 flex-col-reverse justify-between text-right">
        {ticks.map((tick) => (
          <span key={tick} className="h-0 leading-0">
            {formatCount(tick)}
          </span>
        ))}
      </div>
      <div className="min-w-0 flex-1">
        <div className="relative h-36">
          <div className="absolute inset-0 flex flex-col-reverse justify-between">
            {ticks.map((tick) => (
              <span key={tick} className="h-0 border-t" />
            ))}
          </div>
          <div className="absolute inset-0 flex items-end gap-px md:gap-0.5">
            {days.map(({ day, count }, index) => (
              <span
                key={day.getTime()}
                title={`${label(day)}: ${formatCount(count)}`}
                className={classes(
                  'group flex h-full min-w-0 flex-1 items-end',
                  index < days.length - PHONE_DAYS && 'max-md:hidden',
                )}
              >
                <span
                  className="w-full rounded-t-xs bg-data-1 opacity-80 group-hover:opacity-100"
                  style={{ height: `${(count / top) * 100}%` }}
                />
              </span>
            ))}
          </div>
        </div>
        <div className="mt-1.5 flex justify-between">
          <span className="max-md:hidden">{days[0] && label(days[0].day)}</span>
          <span className="md:hidden">{label(days.at(-PHONE_DAYS)?.day ?? new Date(today))}</span>
          <span>today</span>
        </div>
      </div>
    </div>
  );
}
