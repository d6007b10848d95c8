import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { given } from './api.ts';

/** Somebody's terminal: commands of one client, which keep what they remember in a home of their own. */
export class Terminal {
  readonly #home: string;
  readonly #python: string;
  readonly #running = new Set<ChildProcess>();

  private constructor(home: string, python: string) {
    this.#home = home;
    this.#python = python;
  }

  /** @param python the interpreter of the client's environment. */
  static async open(python = given('GS_PYTHON_DOCARRAY1')): Promise<Terminal> {
    return new Terminal(await mkdtemp(path.join(os.tmpdir(), 'groundstation-terminal-')), python);
  }

  /** Starts `jina auth …`, the client's own command line. */
  jinaAuth(...command: string[]): Command {
    return this.#start(path.join(path.dirname(this.#python), 'jina-auth'), command);
  }

  /** Starts `jina hub push` of a folder, as somebody who has a token or a session. */
  jinaHubPush(token: string, folder: string, ...options: string[]): Command {
    const command = ['push', folder, '--no-usage', ...options];
    return this.#start(path.join(path.dirname(this.#python), 'jina-hub'), command, {
      JINA_AUTH_TOKEN: token,
    });
  }

  /** Starts login.py. */
  loginBy(how: 'sync' | 'async' | 'docarray'): Command {
    return this.#start(this.#python, [path.join(import.meta.dirname, 'login.py'), how]);
  }

  #start(program: string, command: string[], more: Record<string, string> = {}): Command {
    const child = spawn(program, command, {
      env: {
        NODE_ENV: 'test',
        PATH: process.env.PATH,
        HOME: this.#home,
        NO_PROXY: '*',
        JINA_HUBBLE_REGISTRY: given('GS_URL'),
        // No line of its output is broken, and no browser of this machine is opened.
        COLUMNS: '500',
        BROWSER: 'true %s',
        PYTHONUNBUFFERED: '1',
        ...more,
      },
    });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    return new Command(child);
  }

  /** Ends what still runs, and removes what it has remembered. */
  async close(): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL');
    await rm(this.#home, { recursive: true, force: true });
  }
}

/** A command that runs. */
export class Command {
  /** All that it has written by now. */
  output = '';
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (piece: Buffer) => {
        this.output += piece.toString();
      });
    this.ended = new Promise((resolve) => child.once('close', (code) => resolve(code)));
  }

  /** As by Ctrl C. */
  interrupt(): void {
    this.#child.kill('SIGINT');
  }

  /** The link that it asks to open, as soon as all of it stands there: output comes in pieces. */
  get link(): string | null {
    return /(http:\/\/\S+\/login\/cli\?request=\w+)\s/.exec(this.output)?.[1] ?? null;
  }
}
