import type { ServerResponse } from 'node:http';
import { isFault } from '#lib/errors.ts';
import { BEAT_MS, type BuilderLine } from '#lib/images/builder-service/wire.ts';
import { log } from '#lib/log.ts';

/** What is kept for a reader that takes nothing; beyond that it is taken for gone. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
const MAX_LOG_LINE_LENGTH = 16_384;
const UNEXPECTED =
  'The builder made a mistake. Push again; if it stays, tell the administrator of this server.';

/** An answer of lines: each goes out at once, and something does now and then. Begun by the first one. */
export class LinesAnswer {
  readonly #response: ServerResponse;
  readonly #beat: NodeJS.Timeout;
  readonly #gone = new AbortController();

  constructor(response: ServerResponse) {
    this.#response = response;
    response.writeHead(200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.once('close', () => {
      clearInterval(this.#beat);
      this.#gone.abort();
    });
    this.#beat = setInterval(() => this.say({ type: 'beat' }), BEAT_MS);
    this.say({ type: 'beat' });
  }

  /** Aborted when nobody reads any more. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  say(line: BuilderLine): void {
    if (this.#response.destroyed || this.#response.writableEnded) return;
    this.#response.write(`${JSON.stringify(line)}\n`);
    if (this.#response.writableLength > MAX_WAITING_BYTES) this.#response.destroy();
  }

  log(line: string, source: 'stdout' | 'stderr'): void {
    this.say({ type: 'log', line: line.slice(0, MAX_LOG_LINE_LENGTH), source });
  }

  /** The last line: what came of it. */
  end(line: BuilderLine): void {
    this.say(line);
    clearInterval(this.#beat);
    this.#response.end();
  }

  /** The last line of what failed. Only a Fault's own sentence is told. */
  fail(error: unknown): void {
    if (!isFault(error)) log().error({ err: error }, 'a build failed outside of what is expected');
    const sentence = isFault(error) ? error.message : UNEXPECTED;
    const kind =
      isFault(error) && (error.kind === 'build-failed' || error.kind === 'invalid') ? error.kind : null;
    this.end({ type: 'failed', kind: kind ?? 'unavailable', sentence });
  }
}
