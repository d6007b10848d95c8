import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/**
 * An App Router whose only handler does nothing, behind `node:http` in one process as our own pages are. Build it
 * before: `next build bench/empty-app`.
 */

Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
const { default: next } = await import('next');
const app = next({ dev: false, dir: path.resolve(import.meta.dirname, '../empty-app') });
await app.prepare();
const handle = app.getRequestHandler();
const server = http.createServer((req, res) => void handle(req, res));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listens on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
