import type { Server, ServerName } from './server.ts';

/** One figure of one server in one round. */
export interface Sample {
  /** In the workload's unit. */
  value: number;
  /** The server's CPU time for a GiB or for one operation, its database included, in seconds. */
  cpuSeconds: number;
  /** The 99th percentile of what else was asked meanwhile, in milliseconds. */
  p99Ms?: number;
  /** The most memory of the server's process meanwhile. */
  peakBytes?: number;
}

/** `MB/s` counts in millions of bytes; CPU time stands beside it for a GiB, beside `/s` for one operation. */
type Unit = 'MB/s' | '/s';

/** Something that several servers do, one after the other in each round. */
export interface Workload {
  /** The word for `npm run bench -- WORD`. */
  name: string;
  title: string;
  unit: Unit;
  servers: ServerName[];
  /** Once for each server before the first round: what must be there, what must be warm. */
  prepare(server: Server): Promise<void>;
  measure(server: Server, round: number): Promise<Sample>;
}
