'use client';

import { Clock } from 'lucide-react';
import { formatClock, formatDay, formatRelative } from '#components/ui/format.ts';
import { useNow, useTimeZone } from '#components/ui/now.tsx';

const DAY_MS = 86_400_000;

/** `3 days ago`, with the exact time in its title. */
export function RelativeTime({ at }: { at: Date }) {
  const now = useNow();
  const iso = at.toISOString();
  return (
    <time dateTime={iso} title={iso}>
      {formatRelative(at.getTime(), now)}
    </time>
  );
}

/** `22 Nov 2026, 08:02` in the person's zone. */
export function ExactTime({ at }: { at: Date }) {
  const timeZone = useTimeZone();
  const iso = at.toISOString();
  // Another year than any, so that the year is always said.
  const day = formatDay(at.getTime(), 0, timeZone);
  return (
    <time dateTime={iso} title={iso}>
      {`${day}, ${formatClock(at.getTime(), timeZone)}`}
    </time>
  );
}

/** `22 Nov`, of a day in UTC. */
export function DayOf({ at }: { at: Date }) {
  const now = useNow();
  return <time dateTime={at.toISOString().slice(0, 10)}>{formatDay(at.getTime(), now, 'UTC')}</time>;
}

interface EndTimeProps {
  at: Date | null;
  /** What stands there when it has no end, such as "For ever". */
  endless: string;
  /** What it is stands beside it, on small screens too. */
  hasTerm?: boolean;
  /** Before the day where a row is a card and no column says what it means. */
  term?: string;
  /** The time of the day is said as well. */
  hasClock?: boolean;
}

/** The day on which something ends, `Today, 18:40` as a warning within a day, or the word for no end. */
export function EndTime({ at, endless, hasTerm, term = 'until', hasClock }: EndTimeProps) {
  const now = useNow();
  const timeZone = useTimeZone();
  if (!at) return <span className="text-text-2">{endless}</span>;
  const end = at.getTime();
  const iso = at.toISOString();
  const day = formatDay(end, now, timeZone);
  if (end - now > DAY_MS) {
    return (
      <>
        {!hasTerm && <span className="md:hidden">{term} </span>}
        <time dateTime={iso} title={iso}>
          {hasClock ? `${day}, ${formatClock(end, timeZone)}` : day}
        </time>
      </>
    );
  }
  const word = day === formatDay(now, now, timeZone) ? 'Today' : 'Tomorrow';
  return (
    <time
      dateTime={iso}
      title={iso}
      className="inline-flex h-6 items-center gap-1 rounded-sm bg-warning-soft px-1.5 text-xs font-medium whitespace-nowrap text-warning"
    >
      <Clock aria-hidden size={14} />
      {end <= now ? 'Over' : `${word}, ${formatClock(end, timeZone)}`}
    </time>
  );
}
