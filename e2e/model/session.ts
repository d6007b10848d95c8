import { Model } from './model.ts';
import type { Station } from './station.ts';

/** Counts by name, over all runs of a test. */
export class Tally {
  readonly counts = new Map<string, number>();

  add(name: string, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  sum(isWanted: (name: string) => boolean): number {
    return [...this.counts].reduce((sum, [name, count]) => sum + (isWanted(name) ? count : 0), 0);
  }

  toString(): string {
    const rows = [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return rows.map(([name, count]) => `  ${String(count).padStart(6)}  ${name}`).join('\n');
  }
}

/** One run of commands: what there is, what is known of it, and everything that was done. */
export class Session {
  readonly model = new Model();
  readonly station: Station;
  readonly tally: Tally;
  readonly trace: string[] = [];
  /** What callers are told of what is not there, by code. */
  readonly absentSentences = new Map<string, string>();

  constructor(station: Station, tally: Tally) {
    this.station = station;
    this.tally = tally;
  }

  note(line: string): void {
    this.trace.push(`${new Date().toISOString().slice(11, 23)} ${line}`);
  }
}
