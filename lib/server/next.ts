import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { env } from '#lib/env.ts';
import { ROOT } from '#lib/root.ts';

/** Next behind our own server. Requests that come before it is ready wait for it. */
export interface NextBehind {
  /** Loads it; the environment must be complete by then. */
  start(): Promise<void>;
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Websockets, by which pages reload in development; there are no others. */
  upgrade: ((req: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>) | null;
}

interface Options {
  isDev: boolean;
  /** There are no pages in this process. */
  isOff: boolean;
}

async function prepare(isDev: boolean) {
  // Next fixes some of its behaviour while it is imported, by NODE_ENV.
  Object.assign(process.env, {
    NODE_ENV: isDev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  });
  const { default: next } = await import('next');
  const { HOST, PORT } = env();
  const app = next({ dev: isDev, dir: ROOT, hostname: HOST, port: PORT });
  await app.prepare();
  return { request: app.getRequestHandler(), upgrade: app.getUpgradeHandler() };
}

export function loadNext({ isDev, isOff }: Options): NextBehind {
  const ready = Promise.withResolvers<Awaited<ReturnType<typeof prepare>>>();
  return {
    async start() {
      if (!isOff) ready.resolve(await prepare(isDev));
    },
    async handle(req, res) {
      if (isOff) {
        res.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
        res.end('This process does background work only.\n');
        return;
      }
      await (await ready.promise).request(req, res);
    },
    upgrade:
      isDev && !isOff ? async (req, socket, head) => (await ready.promise).upgrade(req, socket, head) : null,
  };
}
