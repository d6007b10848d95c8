import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { shared } from '#lib/shared.ts';

/** What `/api/metrics` shows; one registry a process. */
export function metrics() {
  return shared('metrics', () => {
    const registry = new Registry();
    const registers = [registry];
    collectDefaultMetrics({ register: registry });
    return {
      registry,
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
      openUploads: new Gauge({
        name: 'groundstation_open_uploads',
        help: 'Pushes whose bytes are arriving now.',
        registers,
      }),
    };
  });
}
