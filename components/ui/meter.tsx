import { classes } from '#components/ui/classes.ts';

interface MeterPart {
  label: string;
  value: number;
  /** A background of the `data` classes. */
  color: string;
}

interface MeterProps {
  /** What is measured, such as "35 percent of the quota used". */
  label: string;
  parts: MeterPart[];
  total: number;
  className?: string;
}

/** A bar whose parts share one total; it stays full when they pass it. */
export function Meter({ label, parts, total, className }: MeterProps) {
  const whole = Math.max(
    total,
    parts.reduce((sum, part) => sum + part.value, 0),
    1,
  );
  return (
    <div
      role="img"
      aria-label={label}
      className={classes('flex h-1.5 gap-px overflow-hidden rounded-xs bg-pressed', className)}
    >
      {parts.map((part) => (
        <span
          key={part.label}
          className={classes('min-w-0.5', part.color)}
          style={{ width: `${(part.value / whole) * 100}%` }}
        />
      ))}
    </div>
  );
}
