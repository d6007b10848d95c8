import { digestOf } from '../load/payload.ts';
import type { Job } from '../load/plan.ts';
import { type Measured, measure, planFor, pushOnce } from '../measure.ts';
import { peakBytes, resetPeak } from '../processes.ts';
import { does, type Server } from '../server.ts';
import type { Sample, Workload } from '../workload.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const WARM_UP_BYTES = 32 * MIB;
const SOURCE = 'source';
const AT_ONCE = 8;
const PROBE = 'probe';
const PROBE_BYTES = 20_000;
const PROBE_PAUSE_MS = 10;

function toSample({ seconds, cpuSeconds }: Measured, bytes: number): Sample {
  return { value: bytes / 1e6 / seconds, cpuSeconds: (cpuSeconds * GIB) / bytes };
}

function pushWorkload(sizeBytes: number): Workload {
  return {
    name: 'push',
    title: `push ${sizeBytes / MIB} MiB until on disk`,
    unit: 'MB/s',
    servers: ['groundstation', 'app-router', 'bare', 'bare-memory', 'minio', 'docker-registry'],
    async prepare(server) {
      await pushOnce(server, 'warm', WARM_UP_BYTES);
      await does(server, 'remove')(['warm']);
    },
    async measure(server, round) {
      const name = `push-${server.name}-${round}`;
      const jobs = [await does(server, 'push')(name, sizeBytes)];
      const sample = toSample(await measure(server, planFor(server, { jobs, maxJobs: 1 })), sizeBytes);
      await does(server, 'remove')([name]);
      return sample;
    },
  };
}

function pullWorkload(sizeBytes: number): Workload {
  const plan = async (server: Server, wantsDigest: boolean) => {
    const jobs = [await does(server, 'pull')(SOURCE, sizeBytes)];
    return planFor(server, { jobs, maxJobs: 1, wantsDigest });
  };
  return {
    name: 'pull',
    title: `pull ${sizeBytes / MIB} MiB`,
    unit: 'MB/s',
    servers: ['groundstation', 'bare', 'minio', 'docker-registry'],
    async prepare(server) {
      await pushOnce(server, SOURCE, sizeBytes);
      const { sha256 } = await measure(server, await plan(server, true));
      if (sha256 !== digestOf(SOURCE, sizeBytes)) throw new Error(`${server.name} gave back other bytes`);
    },
    measure: async (server) => toSample(await measure(server, await plan(server, false)), sizeBytes),
  };
}

function eightWorkload(sizeBytes: number): Workload {
  return {
    name: 'eight',
    title: `push ${AT_ONCE} × ${sizeBytes / MIB} MiB at once`,
    unit: 'MB/s',
    servers: ['groundstation', 'bare', 'minio'],
    prepare: (server) => pushOnce(server, PROBE, PROBE_BYTES),
    async measure(server, round) {
      const names = Array.from({ length: AT_ONCE }, (_, index) => `eight-${round}-${index}`);
      const jobs: Job[] = [];
      for (const name of names) jobs.push(await does(server, 'push')(name, sizeBytes));
      const probe = { jobs: [await does(server, 'stat')(PROBE)], pauseMs: PROBE_PAUSE_MS };
      resetPeak(server.pid);
      const measured = await measure(
        server,
        planFor(server, { jobs, connections: AT_ONCE, maxJobs: AT_ONCE }),
        planFor(server, probe),
      );
      const peak = peakBytes(server.pid);
      await does(server, 'remove')(names);
      const sample = toSample(measured, sizeBytes * AT_ONCE);
      return { ...sample, p99Ms: measured.probe?.p99Ms, peakBytes: peak };
    },
  };
}

/** Pushes and pulls of `sizeBytes`, and eight of a quarter of it at once. */
export function largeWorkloads(sizeBytes: number): Workload[] {
  return [pushWorkload(sizeBytes), pullWorkload(sizeBytes), eightWorkload(sizeBytes / 4)];
}
