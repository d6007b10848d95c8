import type { Fleet } from './fleet.ts';
import type { ServerName } from './server.ts';
import { touchMemory } from './touch-memory.ts';
import type { Sample, Workload } from './workload.ts';

/** What was measured of one workload: a sample a round for each server. */
export type Samples = Map<ServerName, Sample[]>;

/** The middle one of some numbers; of an even number of them the mean of the two in the middle. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

/**
 * The members of a list, beginning with another one each time and backwards every second time, so that nobody always
 * follows the same neighbour: what that one has left in the caches would count.
 */
export function rotated<T>(list: T[], by: number): T[] {
  const at = list.length === 0 ? 0 : by % list.length;
  const first = list.slice(at, at + 1);
  const others = [...list.slice(at + 1), ...list.slice(0, at)];
  return [...first, ...(by % 2 === 0 ? others : others.reverse())];
}

/** Measures one workload: in each round every server once, those of many bytes each on memory that is there. */
export async function measureWorkload(
  workload: Workload,
  { servers }: Fleet,
  rounds: number,
  tell: (line: string) => void,
): Promise<Samples> {
  const present = workload.servers.map((name) => servers.get(name)).filter((server) => server !== undefined);
  const samples: Samples = new Map(present.map(({ name }) => [name, []]));
  for (const server of present) await workload.prepare(server);
  for (let round = 1; round <= rounds; round++) {
    for (const server of rotated(present, round)) {
      if (workload.unit === 'MB/s') touchMemory();
      const sample = await workload.measure(server, round);
      samples.get(server.name)?.push(sample);
      tell(
        `${workload.name} ${round}/${rounds} ${server.label}: ${sample.value.toFixed(0)} ${workload.unit}`,
      );
    }
  }
  return samples;
}
