import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { BARE, SandboxError, saysAnything } from './processes.ts';

/** Builds run in the server's own process; in what Next bundles there is no folder, and nothing of this is called. */
const HERE = import.meta.dirname ?? '';
/** The port of the gate, on the loopback of a stage. */
export const GATE_PORT = 3141;
/** Its socket, in the folder of the job, of which the sandbox has only the settings: a whole path may have but 107 bytes. */
export const GATE_SOCKET = 'gate';

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function start(inside: number, folder: string): ChildProcess {
  const namespaces = process.getuid?.() === 0 ? ['--net'] : ['--user', '--preserve-credentials', '--net'];
  const relay = path.join(/* turbopackIgnore: true */ HERE, 'relay.mjs');
  const words = ['setpriv', '--pdeathsig', 'KILL', process.execPath, relay, GATE_SOCKET, `${GATE_PORT}`];
  return spawn('nsenter', ['--target', `${inside}`, ...namespaces, ...words], {
    cwd: folder,
    env: BARE,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** What stands in the network of a stage and hands connections on to the gate of its job, from the moment on that it is opened. */
export class LateRelay {
  readonly #inside: number;
  readonly #folder: string;
  readonly #stop: () => void;
  #child: ChildProcess | null = null;
  #opened: Promise<void> | null = null;
  #failure: SandboxError | null = null;

  /**
   * @param inside the first process of the stage.
   * @param folder of the job, with the socket of the gate.
   * @param stop ends the stage, whose gate cannot be had.
   */
  constructor(inside: number, folder: string, stop: () => void) {
    this.#inside = inside;
    this.#folder = folder;
    this.#stop = stop;
  }

  /** Resolves when it is open, or cannot be had. */
  open(): Promise<void> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<void> {
    this.#child = start(this.#inside, this.#folder);
    const isOpen = await saysAnything(this.#child.stdout as Readable);
    // A stage that is over needs none.
    if (isOpen || !isThere(this.#inside)) return;
    this.#failure = new SandboxError('the gate of a sandbox cannot be opened');
    this.#stop();
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  /** Ends it with its stage. @throws SandboxError where it was wanted and could not be had. */
  async end(): Promise<void> {
    this.kill();
    await this.#opened;
    if (this.#failure) throw this.#failure;
  }
}
