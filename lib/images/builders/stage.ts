import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { bootId } from './folders.ts';
import { readLines } from './lines.ts';
import { BARE, endGroupOf, SandboxError, saysAnything } from './processes.ts';
import { LateRelay } from './relay.ts';

/** Builds run in the server's own process; in what Next bundles there is no folder, and nothing of this is called. */
const HERE = import.meta.dirname ?? '';
/** What a build may write in all, in characters. How much of it is kept is the task's affair. */
export const MAX_OUTPUT = 64 * 1024 * 1024;
/** What buildah says before a step that runs something, be it one of the base image. */
const RUN_STEP = /^(\[\d+\/\d+\] )?STEP \d+(\/\d+)?: RUN\b/i;

/** How a command runs in a sandbox. */
export interface Stage {
  /** Its control groups. */
  groupFolders: string[];
  /** `own`: nothing but a loopback, and on it the gate; `host`: what this process reaches. */
  network: 'own' | 'host';
  /**
   * The gate to what else it may reach, in the folder of the job: there is `none`, it is open `before` the command begins, or it
   * opens when buildah says that it comes to a step that runs something, which waits for it (runtime.sh).
   */
  gate: 'none' | 'before' | 'for-steps';
  /** What it may say in all, in characters; beyond that it is killed. */
  maxOutput?: number;
  signal: AbortSignal;
  onLog(line: string, source: 'stdout' | 'stderr'): void;
}

/** How a command ended. */
export interface StageEnd {
  /** What was killed has 137. */
  code: number;
  /** Whether it was killed because it said too much. */
  isTooLoud: boolean;
}

const isRoot = () => process.getuid?.() === 0;

function start(holder: number, { groupFolders, network }: Stage, words: string[]): ChildProcess {
  const env = {
    ...BARE,
    HOLDER: `${holder}`,
    CGROUPS: groupFolders.join(' '),
    IS_ROOT: isRoot() ? 'yes' : 'no',
    NETWORK: network,
    BOOT: bootId(),
  };
  const script = path.join(/* turbopackIgnore: true */ HERE, 'stage.sh');
  return spawn('sh', [script, ...words], {
    env,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    detached: true,
    cwd: '/',
  });
}

/** The first process of a stage's own namespaces. */
async function firstProcess({ pid }: ChildProcess): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return Number(children.trim().split(' ')[0]);
}

/** Hands on what a stage says, from the moment on in which its command begins. */
class Listener {
  readonly #stage: Stage;
  readonly #said: string[] = [];
  #onLine: ((line: string) => void) | null = null;
  #left: number;

  constructor(stage: Stage, child: ChildProcess, stop: () => void) {
    this.#stage = stage;
    this.#left = stage.maxOutput ?? MAX_OUTPUT;
    for (const source of ['stdout', 'stderr'] as const) {
      const stream = child[source] as Readable;
      // Counted before it is lines: empty ones are none.
      stream.on('data', (text: string) => {
        this.#left -= text.length;
        if (this.isTooLoud) stop();
      });
      readLines(stream, (line) => this.#hear(line, source));
    }
  }

  get isTooLoud(): boolean {
    return this.#left < 0;
  }

  /** What was said before the command began. */
  get reason(): string {
    return this.#said.join(' ');
  }

  /** @param onLine hears each line first. */
  begin(onLine: (line: string) => void): void {
    this.#onLine = onLine;
  }

  #hear(line: string, source: 'stdout' | 'stderr'): void {
    if (this.isTooLoud) return;
    if (!this.#onLine) return void this.#said.push(line);
    this.#onLine(line);
    this.#stage.onLog(line, source);
  }
}

/**
 * Runs a command in the sandbox of the process `holder` until it ends, or until the signal, upon which everything that it started is
 * killed.
 * @throws SandboxError when the command was never started, or its gate cannot be opened.
 */
export async function runStage(
  jobFolder: string,
  holder: number,
  stage: Stage,
  words: string[],
): Promise<StageEnd> {
  stage.signal.throwIfAborted();
  const child = start(holder, stage, words);
  const closed = once(child, 'close');
  closed.catch(() => undefined);
  const stop = () => endGroupOf(child);
  stage.signal.addEventListener('abort', stop);
  const listener = new Listener(stage, child, stop);
  const commands = child.stdin as Writable;
  // One that ended before it began hears nothing.
  commands.on('error', () => undefined);
  let gate: LateRelay | null = null;
  try {
    const isReady = await saysAnything(child.stdio[3] as Readable);
    if (!isReady) await closed;
    stage.signal.throwIfAborted();
    if (!isReady) throw new SandboxError(`nothing could be run in a sandbox: ${listener.reason}`);
    if (stage.gate !== 'none') gate = new LateRelay(await firstProcess(child), jobFolder, stop);
    if (stage.gate === 'before') await gate?.open();
    listener.begin((line) => {
      if (stage.gate === 'for-steps' && RUN_STEP.test(line)) void gate?.open();
    });
    commands.end('go\n');
    const [code] = await closed;
    await gate?.end();
    return { code: (code as number | null) ?? 137, isTooLoud: listener.isTooLoud };
  } finally {
    stage.signal.removeEventListener('abort', stop);
    stop();
    gate?.kill();
    await closed.catch(() => undefined);
  }
}
