import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { SECOND_MS } from '#lib/clock.ts';
import { Fault, isFault } from '#lib/errors.ts';
import type { BuildLimits, BuildNetwork, ImageBuilder } from '#lib/images/builder.ts';
import { LinesAnswer } from '#lib/images/builder-service/answer.ts';
import { KeptImages } from '#lib/images/builder-service/kept-images.ts';
import { receiveContext, receiveHead } from '#lib/images/builder-service/receive.ts';
import { isSameToken } from '#lib/images/builder-service/token.ts';
import { Turns } from '#lib/images/builder-service/turns.ts';
import { type BuildHead, buildHead, pushHead } from '#lib/images/builder-service/wire.ts';
import { log } from '#lib/log.ts';

const HEADERS_TIMEOUT_MS = 30 * SECOND_MS;
/** A peer without power says nothing more: the kernel asks after so long. */
const KEEP_ALIVE_MS = 15 * SECOND_MS;
const MAX_WAITING_BUILDS = 32;
const NETWORKS: BuildNetwork[] = ['none', 'index', 'open'];
const IMAGE = /^\/builds\/([0-9a-f-]{36})(\/push)?$/;

interface ServiceOptions {
  builder: ImageBuilder;
  token: string;
  /** Where packages are unpacked: nobody else's, and emptied at the start. */
  folder: string;
  /** The most that a build gets here, whatever its caller says. */
  limits: BuildLimits;
  network: BuildNetwork;
}

/** A builder for callers elsewhere. */
export interface BuilderService {
  server: http.Server;
  /** Ends all builds and pushes, removes what was built and closes. */
  close(): Promise<void>;
}

function say(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ message: sentence }));
}

function least(one: BuildLimits, other: BuildLimits): BuildLimits {
  const names = ['memoryBytes', 'cpus', 'processes', 'diskBytes', 'seconds'] as const;
  const entries = names.map((name) => [name, Math.min(one[name], other[name])]);
  return Object.fromEntries(entries) as unknown as BuildLimits;
}

class Service {
  readonly #options: ServiceOptions;
  readonly #turns = new Turns(MAX_WAITING_BUILDS);
  readonly #images = new KeptImages();
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '';
    if (target === '/health') return say(response, 200, 'The builder answers.');
    const [, given = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    if (!isSameToken(given, this.#options.token))
      return say(response, 401, 'BUILDER_TOKEN here and at the caller are not the same.');
    const [, id, isPush] = IMAGE.exec(target) ?? [];
    if (request.method === 'POST' && target === '/builds') return this.#build(request, response);
    if (request.method === 'POST' && id && isPush) return this.#push(request, response, id);
    if (request.method === 'DELETE' && id && !isPush) {
      await this.#images.remove(id);
      return say(response, 200, 'Removed.');
    }
    say(response, 404, 'A builder has no such path.');
  }

  async #build(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { head, rest } = await receiveHead(request, buildHead);
    const answer = new LinesAnswer(response);
    const signal = AbortSignal.any([answer.gone, this.#stop.signal]);
    try {
      const release = await this.#turns.take(signal);
      await this.#track(this.#buildInTurn(head, rest, answer, signal).finally(release));
    } catch (error) {
      if (!answer.gone.aborted) answer.fail(error);
    }
  }

  /** Nothing is removed from under it when this builder is stopped. */
  async #track(work: Promise<void>): Promise<void> {
    this.#running.add(work);
    await work.finally(() => this.#running.delete(work));
  }

  async #buildInTurn(
    head: BuildHead,
    rest: AsyncGenerator<Buffer>,
    answer: LinesAnswer,
    signal: AbortSignal,
  ) {
    const image = await this.#buildFrom(head, rest, answer, signal);
    const bom = (await image.bom()) as Record<string, unknown> | null;
    const id = this.#images.keep(image);
    if (signal.aborted) return this.#images.remove(id);
    answer.end({ type: 'built', id, platform: image.platform, bom });
  }

  async #buildFrom(head: BuildHead, rest: AsyncGenerator<Buffer>, answer: LinesAnswer, signal: AbortSignal) {
    const { builder, folder, limits, network } = this.#options;
    const contextDir = await mkdtemp(path.join(folder, 'context-'));
    try {
      await receiveContext(rest, contextDir);
      return await builder.build({
        ...head,
        contextDir,
        limits: least(head.limits, limits),
        network: NETWORKS[Math.min(NETWORKS.indexOf(head.network), NETWORKS.indexOf(network))] ?? 'none',
        onLog: (line, source) => answer.log(line, source),
        signal,
      });
    } finally {
      await rm(contextDir, { recursive: true, force: true });
    }
  }

  async #push(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const { head } = await receiveHead(request, pushHead);
    const answer = new LinesAnswer(response);
    const signal = AbortSignal.any([answer.gone, this.#stop.signal]);
    try {
      const onLog = (line: string, source: 'stdout' | 'stderr') => answer.log(line, source);
      const pushed = this.#images.use(id, async (image) => {
        const digest = await image.push({ token: head.token, onLog, signal });
        answer.end({ type: 'pushed', digest });
      });
      await this.#track(pushed);
    } catch (error) {
      if (!answer.gone.aborted) answer.fail(error);
    }
  }

  async end(): Promise<void> {
    this.#stop.abort(
      new Fault('unavailable', 'The builder of images is being stopped. Push again in a few minutes.'),
    );
    await Promise.allSettled(this.#running);
    await this.#images.removeAll();
  }
}

function refuse(error: unknown, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  if (isFault(error)) {
    say(response, 400, error.message);
    return;
  }
  log().warn({ err: String(error) }, 'a caller of the builder went away');
  response.destroy();
}

/** Makes the builder a service, which does not listen yet. What earlier ones left behind is removed first. */
export async function makeBuilderService(options: ServiceOptions): Promise<BuilderService> {
  await rm(options.folder, { recursive: true, force: true });
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  await options.builder.sweep();
  const service = new Service(options);
  const server = http.createServer({
    requestTimeout: 0,
    headersTimeout: HEADERS_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  server.on('request', (request, response) => {
    service.answer(request, response).catch((error) => refuse(error, response));
  });
  return {
    server,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await service.end();
      server.closeAllConnections();
      await closed;
    },
  };
}
