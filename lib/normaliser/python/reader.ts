import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Reading } from '#lib/normaliser/python/grammar.ts';
import { shared } from '#lib/shared.ts';

/**
 * A mebibyte of ordinary source takes half a second of a slow processor. What takes longer than this is not
 * meant to be read. Counted is the processor's time, so that a busy machine refuses nothing.
 */
const READ_MS = 500;
const READ_MS_PER_CHARACTER = 0.002;
const WATCH_MS = 50;
/** Packages that are read at once; each may take all the memory that there is for one, and a processor. */
const THREADS = 2;
/** So many wait for the next package; a thread starts in 0.1 s. */
const IDLE_THREADS = 1;

/** Reads the files of one package, in a thread that it has to itself. */
export interface PythonReader {
  /**
   * @param text of one file
   * @returns `too-much` for what cannot be read in the time and memory that there are
   */
  read(text: string): Promise<Reading>;
  /** Gives the thread back; to be called in any case. */
  done(): void;
}

interface Pool {
  idle: Worker[];
  taken: number;
  waiting: (() => void)[];
}

function pool(): Pool {
  return shared('python-readers', () => ({ idle: [], taken: 0, waiting: [] }));
}

/** Resolves when this package may have a thread; those that asked first are first. */
async function takeTurn(): Promise<void> {
  if (pool().taken >= THREADS) await new Promise<void>((resolve) => pool().waiting.push(resolve));
  else pool().taken += 1;
}

function passTurn(): void {
  const next = pool().waiting.shift();
  if (next) next();
  else pool().taken -= 1;
}

/** In what Next bundles, `import.meta` is the bundle's; the server runs in the project's folder. */
function threadFile(): string {
  const beside = path.join(/* turbopackIgnore: true */ import.meta.dirname ?? '', 'worker.ts');
  if (existsSync(/* turbopackIgnore: true */ beside)) return beside;
  return path.join(/* turbopackIgnore: true */ process.cwd(), 'lib/normaliser/python/worker.ts');
}

async function takeThread(): Promise<Worker> {
  const idle = pool().idle.pop();
  if (idle) {
    idle.ref();
    return idle;
  }
  const thread = new Worker(/* turbopackIgnore: true */ threadFile());
  // A thread that dies of a text ends with an error that `ask` has already made an answer of.
  thread.on('error', () => {});
  await once(thread, 'message');
  return thread;
}

async function usedMs(thread: Worker): Promise<number> {
  const { user, system } = await thread.cpuUsage();
  return (user + system) / 1_000;
}

/** Resolves when `thread` has used too much of the processor, or is dead. */
async function tooMuch(thread: Worker, limitMs: number, signal: AbortSignal): Promise<'too-much'> {
  const startMs = await usedMs(thread);
  while ((await usedMs(thread)) - startMs < limitMs) await sleep(WATCH_MS, undefined, { signal });
  return 'too-much';
}

async function ask(thread: Worker, text: string): Promise<Reading> {
  const answered = new AbortController();
  const { signal } = answered;
  try {
    const answer = once(thread, 'message', { signal }).then(([reading]) => reading as Reading);
    const watch = tooMuch(thread, READ_MS + text.length * READ_MS_PER_CHARACTER, signal);
    // Whichever is not the first ends by the signal, or with the thread.
    watch.catch(() => {});
    thread.postMessage(text);
    return await Promise.race([answer, watch]);
  } catch {
    return 'too-much';
  } finally {
    answered.abort();
  }
}

/** A reader for one package. */
export function openReader(): PythonReader {
  let thread: Worker | undefined;
  let hasTurn = false;
  return {
    async read(text) {
      if (!hasTurn) await takeTurn();
      hasTurn = true;
      thread ??= await takeThread();
      const reading = await ask(thread, text);
      if (reading !== 'too-much') return reading;
      await thread.terminate();
      thread = undefined;
      return reading;
    },
    done() {
      thread?.unref();
      if (thread && pool().idle.length < IDLE_THREADS) pool().idle.push(thread);
      else void thread?.terminate();
      thread = undefined;
      if (hasTurn) passTurn();
      hasTurn = false;
    },
  };
}
