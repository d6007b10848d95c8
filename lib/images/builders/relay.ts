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

/** What stands in the network of a stage and hands connections on to the gate of its job. */
export class Relay {
  readonly #child: ChildProcess;
  /** Rejects with a SandboxError where it cannot be had, unless the stage is over by then. */
  readonly opened: Promise<void>;

  /**
   * @param inside the first process of the stage.
   * @param folder of the job, with the socket of the gate.
   */
  constructor(inside: number, folder: string) {
    const namespaces = process.getuid?.() === 0 ? ['--net'] : ['--user', '--preserve-credentials', '--net'];
    const relay = path.join(/* turbopackIgnore: true */ HERE, 'relay.mjs');
    const words = ['setpriv', '--pdeathsig', 'KILL', process.execPath, relay, GATE_SOCKET, `${GATE_PORT}`];
    this.#child = spawn('nsenter', ['--target', `${inside}`, ...namespaces, ...words], {
      cwd: folder,
      env: BARE,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.opened = this.#open(inside);
    this.opened.catch(() => undefined);
  }

  async #open(inside: number): Promise<void> {
    const isOpen = await saysAnything(this.#child.stdout as Readable);
    if (!isOpen && isThere(inside)) throw new SandboxError('the gate of a sandbox cannot be opened');
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}
