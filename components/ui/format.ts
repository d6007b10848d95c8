const count = new Intl.NumberFormat('en-US');
const rough = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const fine = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'];

/** `5,809`. */
export function formatCount(value: number): string {
  return count.format(value);
}

/** `100,713,442 bytes`, for a title. */
export function formatExactBytes(bytes: number): string {
  return `${count.format(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

/** Decimal units as people say them: `512 bytes`, `48.7 MB`, `1.29 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return formatExactBytes(bytes);
  let value = bytes / 1000;
  let unit = 0;
  // 999.95 would be shown as 1,000.
  while (value >= 999.95 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${(unit < 2 ? rough : fine).format(value)} ${UNITS[unit]}`;
}

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;
const STEPS = [
  { seconds: 365 * DAY_S, one: 'a year', many: 'years' },
  { seconds: 30 * DAY_S, one: 'a month', many: 'months' },
  { seconds: 14 * DAY_S, one: '', many: 'weeks', unit: 7 * DAY_S },
  { seconds: DAY_S, one: 'a day', many: 'days' },
  { seconds: HOUR_S, one: 'an hour', many: 'hours' },
  { seconds: MINUTE_S, one: 'a minute', many: 'minutes' },
];

function formatSpan(seconds: number): string {
  for (const { seconds: from, one, many, unit = from } of STEPS) {
    if (seconds < from) continue;
    const amount = Math.floor(seconds / unit);
    return amount === 1 ? one : `${amount} ${many}`;
  }
  return 'moments';
}

/** `3 days ago`, `in 4 days`, `just now`; both in milliseconds since 1970. */
export function formatRelative(at: number, now: number): string {
  const seconds = (at - now) / 1000;
  if (Math.abs(seconds) < MINUTE_S) return 'just now';
  return seconds < 0 ? `${formatSpan(-seconds)} ago` : `in ${formatSpan(seconds)}`;
}

/** `0.4 s`, `46 s`, `3 min 12 s`: how long something took. */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < MINUTE_S) return `${whole} s`;
  return `${Math.floor(whole / MINUTE_S)} min ${String(whole % MINUTE_S).padStart(2, '0')} s`;
}

/** `29 Nov`, with the year when it is not this one, in a time zone such as `Europe/Berlin`. */
export function formatDay(at: number, now: number, timeZone: string): string {
  const year = (time: number) => new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone }).format(time);
  const withYear = year(at) === year(now) ? undefined : 'numeric';
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: withYear,
    timeZone,
  }).format(at);
}

/** `18:40` in a time zone. */
export function formatClock(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at);
}
