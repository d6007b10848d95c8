import { Worker } from 'node:worker_threads';
import { SECOND_MS } from '#lib/clock.ts';
import { Fault } from '#lib/errors.ts';
import type { Normalised } from '#lib/normaliser/types.ts';
import { MAX_TEXT_BYTES, type OpenPackage } from '#lib/packages/open.ts';

/** What the normaliser looks at; a package may hold anything else. */
const TEXT = /(\.(py|ya?ml|toml|txt|md|rst|cfg)|(^|\/)[\w.]*Dockerfile[\w.]*|(^|\/)readme[^/]*)$/i;
/** All texts of a package together, in bytes: what is beyond is as if it could not be read. */
const MAX_ALL_TEXT_BYTES = 16 * 1024 * 1024;
const TIME_LIMIT_MS = 60 * SECOND_MS;
/** Python's syntax trees take some forty times the text. */
const MAX_HEAP_MB = 512;

/** What a reader of a package is asked. */
export interface ReadRequest {
  files: Map<string, number>;
  texts: Map<string, Uint8Array>;
  dockerfile: string | undefined;
  client: { jina?: string; python?: string; docarray?: string };
}

/** What it answers. */
export type ReadAnswer = { normalised: Normalised } | { refusal: { code: number; message: string } };

/** Refused by the normaliser (contract 12.3). */
function refused(normalizerCode: number, sentence: string): Fault {
  return new Fault('no-executor', sentence, { normalizerCode });
}

async function textsOf(pkg: OpenPackage): Promise<Map<string, Uint8Array>> {
  const texts = new Map<string, Uint8Array>();
  let left = MAX_ALL_TEXT_BYTES;
  for (const { path, sizeBytes } of pkg.entries) {
    if (!TEXT.test(path) || sizeBytes > Math.min(MAX_TEXT_BYTES, left)) continue;
    texts.set(path, await pkg.text(path));
    left -= sizeBytes;
  }
  return texts;
}

/** A fact of the client's headers; `(unset)` is none. */
function version(client: Record<string, string>, name: string): string | undefined {
  const text = client[name];
  return text && /^\d[\w.+-]*$/.test(text) ? text : undefined;
}

/**
 * Asks a thread of its own, since somebody's program text may take long to read and much memory: what takes too much of
 * either is refused, and nobody else waits for it.
 */
function ask(request: ReadRequest, signal: AbortSignal): Promise<ReadAnswer> {
  const thread = new Worker(new URL('./read-package-thread.ts', import.meta.url), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: {},
  });
  return new Promise<ReadAnswer>((resolve, reject) => {
    const tooHard = () =>
      reject(
        refused(
          5000,
          'The Python files take too long or too much memory to read. Push fewer or smaller ones.',
        ),
      );
    const timer = setTimeout(tooHard, TIME_LIMIT_MS);
    const abort = () => reject(new Error('the work on the package was stopped'));
    signal.addEventListener('abort', abort, { once: true });
    thread.once('message', resolve);
    thread.once('error', (error: Error & { code?: string }) =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooHard() : reject(error),
    );
    thread.once('exit', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      reject(new Error('the reader of packages ended without an answer'));
    });
  }).finally(() => thread.terminate());
}

/**
 * Reads what is in a package and how it is to be changed (contract 12), without running any of it.
 * @param client what the pushing client said of itself.
 * @throws Fault `no-executor` when it is none.
 */
export async function readPackage(
  pkg: OpenPackage,
  options: { dockerfile: string | null; client: Record<string, string>; signal: AbortSignal },
): Promise<Normalised> {
  const { dockerfile, client, signal } = options;
  const request: ReadRequest = {
    files: new Map(pkg.entries.map(({ path, sizeBytes }) => [path, sizeBytes])),
    texts: await textsOf(pkg),
    dockerfile: dockerfile ?? undefined,
    client: {
      jina: version(client, 'jina'),
      python: version(client, 'python'),
      docarray: version(client, 'docarray'),
    },
  };
  const answer = await ask(request, signal);
  if ('refusal' in answer) throw refused(answer.refusal.code, answer.refusal.message);
  return answer.normalised;
}
