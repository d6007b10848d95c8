import { type Finding, figure } from './finding.ts';
import { median, type Samples } from './rounds.ts';
import type { ServerName } from './server.ts';
import type { Sample, Workload } from './workload.ts';

/** What stands beside what in the table, and by how much it should win. */
interface Comparison {
  reference: ServerName;
  /** Of the reference's rate; without it the line is there to be known. */
  atLeast?: number;
  /** Else Groundstation as it is. */
  ours?: 'app-router';
}

/**
 * The goals for the first release; they were found by measuring all of these servers beside each other.
 * "bare" does the same necessary work; "bare-memory" keeps no books that survive it.
 */
const COMPARISONS: Record<string, Comparison[]> = {
  push: [
    { reference: 'bare', atLeast: 0.85 },
    { reference: 'bare-memory' },
    { reference: 'minio', atLeast: 0.9 },
    { reference: 'docker-registry', atLeast: 1.1 },
    { ours: 'app-router', reference: 'groundstation', atLeast: 0.6 },
  ],
  pull: [
    { reference: 'bare', atLeast: 0.9 },
    { reference: 'minio', atLeast: 1 },
    { reference: 'docker-registry' },
  ],
  eight: [{ reference: 'bare' }, { reference: 'minio', atLeast: 0.9 }],
  'small-push': [
    { reference: 'bare', atLeast: 0.45 },
    { reference: 'bare-memory' },
    { reference: 'minio', atLeast: 0.8 },
    { reference: 'docker-registry' },
  ],
  'small-pull': [{ reference: 'bare' }, { reference: 'minio' }, { reference: 'docker-registry' }],
  whoami: [{ reference: 'bare', atLeast: 0.2 }, { reference: 'bare-memory' }],
  stat: [
    { reference: 'bare', atLeast: 0.2 },
    { reference: 'bare-memory' },
    { reference: 'minio', atLeast: 2 },
    { reference: 'docker-registry' },
    { ours: 'app-router', reference: 'empty-app-router', atLeast: 0.7 },
  ],
  list: [
    { reference: 'bare', atLeast: 0.03 },
    { reference: 'bare-memory', atLeast: 0.03 },
    { reference: 'minio', atLeast: 20 },
  ],
  'list-by-name': [{ reference: 'minio' }],
};

const MAX_P99_MS = 250;
const MAX_EIGHT_BYTES = 450_000_000;

function middle(samples: Sample[], key: keyof Sample): number {
  return median(samples.map((sample) => sample[key] ?? Number.NaN));
}

/** CPU time in words: `2.9 s/GiB`, `0.26 ms`. */
function cpu(samples: Sample[], unit: Workload['unit']): string {
  const seconds = middle(samples, 'cpuSeconds');
  return unit === 'MB/s' ? `${figure(seconds)} s/GiB` : `${figure(seconds * 1000)} ms`;
}

function compare(
  workload: Workload,
  samples: Samples,
  comparison: Comparison,
  label: (name: ServerName) => string,
) {
  const { reference, atLeast, ours = 'groundstation' } = comparison;
  const [mine, theirs] = [samples.get(ours), samples.get(reference)];
  if (!mine || !theirs) return [];
  const { title, unit } = workload;
  const [my, their] = [middle(mine, 'value'), middle(theirs, 'value')];
  const ratio = my / their;
  const finding: Finding = {
    what: ours === 'app-router' ? `${title}, ${label(ours)}` : title,
    ours: `${figure(my)} ${unit}`,
    reference: `${label(reference)}: ${figure(their)} ${unit}`,
    ratio,
    note: `CPU ${cpu(mine, unit)}, ${cpu(theirs, unit)}`,
  };
  return [
    atLeast === undefined ? finding : { ...finding, goal: `at least ${atLeast}`, isMet: ratio >= atLeast },
  ];
}

/** What must hold for others while eight large pushes come in. */
function meanwhile(samples: Samples): Finding[] {
  const mine = samples.get('groundstation');
  if (!mine) return [];
  const p99Ms = middle(mine, 'p99Ms');
  const peak = Math.max(...mine.map(({ peakBytes = Number.NaN }) => peakBytes));
  return [
    {
      what: 'stat meanwhile, 99th percentile',
      ours: `${figure(p99Ms)} ms`,
      goal: `under ${MAX_P99_MS} ms`,
      isMet: p99Ms < MAX_P99_MS,
    },
    {
      what: 'peak memory meanwhile, the highest of all rounds',
      ours: `${figure(peak / 1e6)} MB`,
      goal: `under ${MAX_EIGHT_BYTES / 1e6} MB`,
      isMet: peak < MAX_EIGHT_BYTES,
    },
  ];
}

/** The lines of one workload; a reference that is not installed has none. */
export function findingsOf(
  workload: Workload,
  samples: Samples,
  label: (name: ServerName) => string,
): Finding[] {
  const lines = (COMPARISONS[workload.name] ?? []).flatMap((one) => compare(workload, samples, one, label));
  return workload.name === 'eight' ? [...lines, ...meanwhile(samples)] : lines;
}
