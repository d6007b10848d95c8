import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { pool } from '#lib/db/pool.ts';
import { shared } from '#lib/shared.ts';

/** What requests did. `method` is an RPC method or a kind of path; `kind` is a `FaultKind`. */
function requestMetrics(registers: Registry[]) {
  return {
    requests: new Counter({
      name: 'groundstation_requests_total',
      help: 'Requests answered, by RPC method (or kind of path) and HTTP status.',
      labelNames: ['method', 'code'] as const,
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'groundstation_request_seconds',
      help: 'Time from the request line to the last byte of the answer.',
      labelNames: ['method'] as const,
      buckets: [0.005, 0.025, 0.1, 0.5, 2, 10, 60, 600],
      registers,
    }),
    refusals: new Counter({
      name: 'groundstation_refusals_total',
      help: 'Requests refused, by RPC method and reason: over-quota, log-in, too-often, unavailable and so on.',
      labelNames: ['method', 'kind'] as const,
      registers,
    }),
    openUploads: new Gauge({
      name: 'groundstation_open_uploads',
      help: 'Pushes whose bytes are arriving now.',
      registers,
    }),
    receivedBytes: new Counter({
      name: 'groundstation_received_bytes_total',
      help: 'Bytes of pushed files, also of those that were refused in the end.',
      registers,
    }),
    readBytes: new Counter({
      name: 'groundstation_read_bytes_total',
      help: 'Bytes read from the store: pulls that go through this process.',
      registers,
    }),
  };
}

/** What the housekeeping did in this process; another one may keep house for it. */
function housekeepingMetrics(registers: Registry[]) {
  return {
    housekeepingRuns: new Counter({
      name: 'groundstation_housekeeping_runs_total',
      help: 'Runs of the housekeeping, by outcome: done or failed.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    housekeepingDone: new Counter({
      name: 'groundstation_housekeeping_done_total',
      help: 'What the housekeeping did: expiredArtifacts, purgedArtifacts, deletedAccounts, abandonedUploads, removedBlobs, removedImages.',
      labelNames: ['what'] as const,
      registers,
    }),
    housekeepingLastSeconds: new Gauge({
      name: 'groundstation_housekeeping_last_success_timestamp_seconds',
      help: 'When the housekeeping last ended well, in seconds since 1970.',
      registers,
    }),
  };
}

function watchPool(registers: Registry[]): void {
  new Gauge({
    name: 'groundstation_database_connections',
    help: 'Connections to the database: busy, idle, and requests that wait for one.',
    labelNames: ['state'] as const,
    registers,
    collect() {
      const { totalCount, idleCount, waitingCount } = pool();
      this.set({ state: 'busy' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
}

/** Asked of the database at each scrape, by partial indexes: the same on every replica. */
function watchBlobs(registers: Registry[]): void {
  new Gauge({
    name: 'groundstation_blobs_pending',
    help: 'Blobs on their way: provisional (being pushed, or abandoned) and doomed (waiting for the sweep).',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      const count = (state: string) => `(SELECT count(*)::int FROM blob WHERE state = '${state}')`;
      const states = ['provisional', 'doomed'];
      this.reset();
      // A scrape while the database is away still shows everything else.
      const answer = await pool()
        .query<Record<string, number>>(`SELECT ${states.map((one) => `${count(one)} AS ${one}`).join(', ')}`)
        .catch(() => null);
      for (const [state, blobs] of Object.entries(answer?.rows[0] ?? {})) this.set({ state }, blobs);
    },
  });
}

/** What `/api/metrics` shows; one registry a process. */
export function metrics() {
  return shared('metrics', () => {
    const registry = new Registry();
    const registers = [registry];
    collectDefaultMetrics({ register: registry });
    watchPool(registers);
    watchBlobs(registers);
    return { registry, ...requestMetrics(registers), ...housekeepingMetrics(registers) };
  });
}
