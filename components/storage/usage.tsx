import { formatBytes, formatExactBytes } from '#components/ui/format.ts';
import { Meter } from '#components/ui/meter.tsx';
import type { StorageUsage } from '#lib/artifacts/usage.ts';

const TICKS = Array.from({ length: 21 }, (_, index) => ({ at: index * 5, isLong: index % 5 === 0 }));

/** A graduated scale, as on an instrument. */
function Scale() {
  return (
    <div aria-hidden className="mt-1 flex h-1.5 justify-between">
      {TICKS.map(({ at, isLong }) => (
        <span key={at} className={isLong ? 'h-1.5 w-px bg-line-control' : 'h-1 w-px bg-line-firm'} />
      ))}
    </div>
  );
}

/** How much of the quota is used, and by what. */
export function Usage({ usage }: { usage: StorageUsage }) {
  const { usedBytes, quotaBytes, byKind } = usage;
  const parts = [
    { label: 'DocumentArrays', value: byKind.documentArrays, color: 'bg-data-1' },
    { label: 'Executors', value: byKind.executors, color: 'bg-data-4' },
    { label: 'Older versions', value: byKind.olderVersions, color: 'bg-data-2' },
    { label: 'Other files', value: byKind.other, color: 'bg-data-3' },
  ].filter(({ value }) => value > 0);
  const used = formatBytes(usedBytes);
  const quota = formatBytes(quotaBytes);
  return (
    <section aria-label="Space" className="w-full text-13 md:max-w-110">
      <p className="text-text-2">
        <b className="font-semibold text-text tabular-nums" title={formatExactBytes(usedBytes)}>
          {used}
        </b>{' '}
        of {quota} used
      </p>
      <Meter label={`${used} of ${quota} used`} parts={parts} total={quotaBytes} className="mt-1.5" />
      <Scale />
      {parts.length > 0 && (
        <ul className="mt-1.5 flex flex-wrap gap-x-5 gap-y-0.5 text-xs text-text-2">
          {parts.map(({ label, value, color }) => (
            <li key={label} className="flex items-center gap-2">
              <span aria-hidden className={`size-2 rounded-xs ${color}`} />
              {label}
              <span className="font-medium text-text tabular-nums" title={formatExactBytes(value)}>
                {formatBytes(value)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
