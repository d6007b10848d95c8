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

/** Where a command runs in a sandbox. */
export interface StagePlace {
  /** Its control groups. */
  groupFolders: string[];
  /** `own`: nothing but a loopback, and on it the gate; `host`: what this process reaches. */
  network: 'own' | 'host';
}

/** How a command runs in a sandbox. */
export interface Stage extends StagePlace {
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

function start({ groupFolders, network }: StagePlace): ChildProcess {
  const env = {
    ...BARE,
    CGROUPS: groupFolders.join(' '),
    IS_ROOT: isRoot() ? 'yes' : 'no',
    NETWORK: network,
    BOOT: bootId(),
  };
  const script = path.join(/* turbopackIgnore: true */ HERE, 'stage.sh');
  return spawn('sh', [script], {
    env,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    detached: true,
    cwd: '/',
  });
}

/** A word of a shell, in which nothing has a meaning. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The first process of a stage's own namespaces. */
async function firstProcess({ pid }: ChildProcess): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return Number(children.trim().split(' ')[0]);
}

/** Hands on what a stage says, from the moment on in which its command begins. */
class Listener {
  readonly #said: string[] = [];
  readonly #stop: () => void;
  #onLine: Stage['onLog'] | null = null;
  #left = MAX_OUTPUT;

  constructor(child: ChildProcess, stop: () => void) {
    this.#stop = stop;
    for (const source of ['stdout', 'stderr'] as const) {
      const stream = child[source] as Readable;
      // Counted before it is lines: empty ones are none.
      stream.on('data', (text: string) => {
        this.#left -= text.length;
        if (this.isTooLoud) this.#stop();
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

  begin(maxOutput: number, onLine: Stage['onLog']): void {
    this.#left = maxOutput;
    this.#onLine = onLine;
  }

  #hear(line: string, source: 'stdout' | 'stderr'): void {
    if (this.isTooLoud) return;
    if (this.#onLine) this.#onLine(line, source);
    else this.#said.push(line);
  }
}

/**
 * A process that is on its way into a sandbox and waits there for its command. To enter a control group takes it longer than all
 * the rest, so that it may begin before there is a sandbox.
 */
export class StageProcess {
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown[]>;
  readonly #isReady: Promise<boolean>;
  readonly #listener: Listener;

  constructor(place: StagePlace) {
    this.#child = start(place);
    this.#closed = once(this.#child, 'close');
    this.#closed.catch(() => undefined);
    this.#isReady = saysAnything(this.#child.stdio[3] as Readable).catch(() => false);
    this.#listener = new Listener(this.#child, () => this.#kill());
    // One that ended before it began hears nothing.
    this.#commands.on('error', () => undefined);
  }

  /** Lets it into the sandbox of the process `holder`. */
  enter(holder: number): void {
    this.#commands.write(`${holder}\n`);
  }

  /**
   * Runs its command until that ends, or until the signal, upon which everything that it started is killed.
   * @throws SandboxError when the command was never started, or its gate cannot be opened.
   */
  async run(jobFolder: string, stage: Stage, words: string[]): Promise<StageEnd> {
    const stop = () => this.#kill();
    stage.signal.addEventListener('abort', stop);
    let gate: LateRelay | null = null;
    try {
      const isReady = !stage.signal.aborted && (await this.#isReady);
      stage.signal.throwIfAborted();
      if (!isReady) await this.#closed;
      if (!isReady) throw new SandboxError(`nothing could be run in a sandbox: ${this.#listener.reason}`);
      if (stage.gate !== 'none') gate = new LateRelay(await firstProcess(this.#child), jobFolder, stop);
      if (stage.gate === 'before') await gate?.open();
      this.#listener.begin(stage.maxOutput ?? MAX_OUTPUT, (line, source) => {
        if (stage.gate === 'for-steps' && RUN_STEP.test(line)) void gate?.open();
        stage.onLog(line, source);
      });
      this.#commands.end(words.map(quoted).join(' '));
      const [code] = await this.#closed;
      await gate?.end();
      return { code: (code as number | null) ?? 137, isTooLoud: this.#listener.isTooLoud };
    } finally {
      stage.signal.removeEventListener('abort', stop);
      gate?.kill();
      await this.close();
    }
  }

  /** Ends it, with everything that it started. */
  async close(): Promise<void> {
    this.#kill();
    await this.#closed.catch(() => undefined);
  }

  get #commands(): Writable {
    return this.#child.stdin as Writable;
  }

  #kill(): void {
    endGroupOf(this.#child);
  }
}
