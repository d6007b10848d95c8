import { once } from 'node:events';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';
import { SECOND_MS } from '#lib/clock.ts';
import { Fault } from '#lib/errors.ts';
import type { BuildJob, BuiltImage, ImageBuilder } from '#lib/images/builder.ts';
import { type BuildHead, MAX_CONTEXT_BYTES } from '#lib/images/builder-service/wire.ts';
import {
  answerOf,
  type BuilderAddress,
  openRequest,
  outcomeOf,
} from '#lib/images/builders-remote/exchange.ts';
import { log } from '#lib/log.ts';

const REMOVE_TIMEOUT_MS = 30 * SECOND_MS;

function headOf({ contextDir: _, onLog: __, signal: ___, ...head }: BuildJob): BuildHead {
  return head;
}

/** The request's body: the head as a line, then the files and folders of the package. */
async function* bodyOf(job: BuildJob): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(headOf(job))}\n`);
  const plain = (_: string, entry: { isFile?(): boolean; isDirectory?(): boolean }) =>
    Boolean(entry.isFile?.() || entry.isDirectory?.());
  yield* create({ cwd: job.contextDir, portable: true, filter: plain as never }, [
    '.',
  ]) as AsyncIterable<Buffer>;
}

function bounded(): Transform {
  let passed = 0;
  return new Transform({
    transform(piece: Uint8Array, _, done) {
      passed += piece.length;
      const isTooLarge = passed > MAX_CONTEXT_BYTES;
      done(
        isTooLarge ? new Fault('build-failed', 'The package is too large to build an image of it.') : null,
        piece,
      );
    },
  });
}

/** An image on a builder elsewhere. */
class RemoteImage implements BuiltImage {
  readonly platform: string;
  readonly #bom: object | null;
  readonly #address: BuilderAddress;
  readonly #path: string;

  constructor(address: BuilderAddress, built: { id: string; platform: string; bom: object | null }) {
    this.#address = address;
    this.#path = `/builds/${built.id}`;
    this.platform = built.platform;
    this.#bom = built.bom;
  }

  async bom(): Promise<object | null> {
    return this.#bom;
  }

  async push({ token, onLog, signal }: Parameters<BuiltImage['push']>[0]): Promise<string> {
    const request = openRequest(this.#address, { method: 'POST', path: `${this.#path}/push`, signal });
    request.end(`${JSON.stringify({ token })}\n`);
    const outcome = await outcomeOf(await answerOf(request, signal), onLog, signal);
    if (outcome.type === 'pushed') return outcome.digest;
    throw new Error('the builder answered a push with something else');
  }

  /** Where the builder cannot be told, it removes the image by itself after a while. */
  async remove(): Promise<void> {
    const signal = AbortSignal.timeout(REMOVE_TIMEOUT_MS);
    const request = openRequest(this.#address, { method: 'DELETE', path: this.#path, signal });
    request.end();
    try {
      const response = await answerOf(request, signal);
      response.resume();
      await once(response, 'end', { signal });
    } catch (error) {
      log().warn({ err: String(error) }, 'an image is left on the builder for a while');
    }
  }
}

/**
 * A builder elsewhere (lib/images/builder-service): it gets the package over the connection that the build lives by, and ends
 * the build when that is closed.
 */
export function remoteBuilder(address: BuilderAddress): ImageBuilder {
  return {
    async build(job) {
      const { signal, onLog } = job;
      signal.throwIfAborted();
      const request = openRequest(address, { method: 'POST', path: '/builds', signal });
      // The answer begins before the package is sent, and may end before it too.
      const sent = pipeline(Readable.from(bodyOf(job)), bounded(), request).catch((error: unknown) => error);
      const response = await answerOf(request, signal);
      const outcome = outcomeOf(response, onLog, signal);
      try {
        const built = await Promise.race([
          outcome,
          sent.then((error) => (error instanceof Fault ? Promise.reject(error) : outcome)),
        ]);
        if (built.type === 'built') return new RemoteImage(address, built);
        throw new Error('the builder answered a build with something else');
      } finally {
        request.destroy();
      }
    },
    // Other workers use the same builder: it sweeps itself when it starts, and after a build whose worker has gone.
    async sweep() {},
  };
}
