/** A line of the table. */
export interface Finding {
  what: string;
  /** With its unit. */
  ours: string;
  /** What it stands beside, with its name and unit. */
  reference?: string;
  /** Ours in the reference's. */
  ratio?: number;
  /** In words. */
  goal?: string;
  isMet?: boolean;
  /** What else is worth to be known, such as the CPU time of both. */
  note?: string;
}

/** The same value in all lines of a report: 3 significant digits, and no more of them than that below 100. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '?';
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(value < 1 ? 2 : 3)));
}
