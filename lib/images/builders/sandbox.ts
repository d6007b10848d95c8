import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { readLines } from './lines.ts';

/** Builds run in the server's own process; in what Next bundles there is no folder, and nothing of this is called. */
const HERE = import.meta.dirname ?? '';
/** What a build may write in all, in characters. How much of it is kept is the task's affair. */
export const MAX_OUTPUT = 64 * 1024 * 1024;
const FREE_POLL_MS = 10;
const FREE_TRIES = 500;
/** Where programs are looked for. */
export const PROGRAM_FOLDERS = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Of this process's own variables, many of them secrets, nothing that it starts gets any. */
const BARE = {
  NODE_ENV: 'production',
  PATH: PROGRAM_FOLDERS,
} as const;
/** The port of the gate, on the loopback of a sandbox. */
export const GATE_PORT = 3141;
/** Its socket, in the folder of the job, of which the sandbox has only the settings: a whole path may have but 107 bytes. */
export const GATE_SOCKET = 'gate';

/** A sandbox that could not be made; the message is for the log. */
export class SandboxError extends Error {}

/** Where a sandbox runs, and what of this machine is in it. */
export interface Sandbox {
  /** Of the job. Nothing in it but its settings is in the sandbox: `/job`, which cannot be changed there. */
  jobFolder: string;
  /** A file system in a file, or a folder: `/disk` inside. */
  disk: string;
  /** With the base images: `/base` inside. */
  baseFolder: string;
  canWriteBase: boolean;
  /** Its control groups. */
  groupFolders: string[];
  /** Of whose ids the first is root inside; null for a plain user, whom the system gives some. */
  firstId: number | null;
  /** `own`: nothing but a loopback, and on it the gate; `host`: what this process reaches. */
  network: 'own' | 'host';
  /** Whether there is a gate to what else it may reach, in the folder of the job. */
  hasGate: boolean;
  /** What it may say in all, in characters; beyond that it is killed. */
  maxOutput?: number;
  signal: AbortSignal;
  onLog(line: string, source: 'stdout' | 'stderr'): void;
}

/** How the command of a sandbox ended. */
export interface SandboxEnd {
  /** What was killed has 137. */
  code: number;
  /** Whether it was killed because it said too much. */
  isTooLoud: boolean;
}

/** The words that start the sandbox's script. */
function launcher(firstId: number | null): [string, string[]] {
  const script = ['sh', path.join(/* turbopackIgnore: true */ HERE, 'sandbox.sh')];
  const asUser = firstId === null ? ['--user', '--map-root-user', '--map-auto'] : [];
  return ['unshare', [...asUser, '--mount', '--propagation', 'private', ...script]];
}

function start(sandbox: Sandbox, words: string[]): ChildProcess {
  const [program, options] = launcher(sandbox.firstId);
  const env = {
    ...BARE,
    JOB: sandbox.jobFolder,
    DISK: sandbox.disk,
    BASE: sandbox.baseFolder,
    BASE_MODE: sandbox.canWriteBase ? 'rw' : 'ro',
    CGROUPS: sandbox.groupFolders.join(' '),
    FIRST_ID: `${sandbox.firstId ?? ''}`,
    NETWORK: sandbox.network,
  };
  const stdio = ['pipe', 'pipe', 'pipe', 'pipe'] as const;
  return spawn(program, [...options, ...words], {
    env,
    stdio: [...stdio],
    detached: true,
    cwd: '/',
  });
}

/** Ends the process group of `child`. The first process inside ends with it, and all others with that. */
function kill(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended in this moment.
  }
}

/** Whether anything comes before the end of `stream`. */
async function saysAnything(stream: Readable): Promise<boolean> {
  for await (const _ of stream) return true;
  return false;
}

/** Puts the gate into the network of the sandbox, whose first process is the child of `pid`. */
async function openGate(pid: number, folder: string): Promise<ChildProcess> {
  const [inside] = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
  const namespaces = process.getuid?.() === 0 ? ['--net'] : ['--user', '--preserve-credentials', '--net'];
  const relay = [
    process.execPath,
    path.join(/* turbopackIgnore: true */ HERE, 'relay.mjs'),
    GATE_SOCKET,
    `${GATE_PORT}`,
  ];
  const words = [...['--target', `${inside}`], ...namespaces, 'setpriv', '--pdeathsig', 'KILL', ...relay];
  const gate = spawn('nsenter', words, {
    cwd: folder,
    env: BARE,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (await saysAnything(gate.stdout as Readable)) return gate;
  throw new SandboxError('the gate of a sandbox cannot be opened');
}

async function loopFiles(): Promise<string[]> {
  const devices = (await readdir('/sys/block')).filter((name) => name.startsWith('loop'));
  const files = devices.map((name) =>
    readFile(`/sys/block/${name}/loop/backing_file`, 'utf8').catch(() => ''),
  );
  return (await Promise.all(files)).map((file) => file.trim());
}

/** Waits until the kernel has let go of a disk whose sandbox has ended; that takes it a moment. */
async function waitUntilFree(disk: string): Promise<void> {
  for (let tries = 0; tries < FREE_TRIES && (await loopFiles()).includes(disk); tries += 1)
    await delay(FREE_POLL_MS);
}

/**
 * Runs a command in a sandbox until it ends, or until the signal, upon which everything in the sandbox is killed.
 * @throws SandboxError when the command was never started.
 */
export async function runInSandbox(sandbox: Sandbox, words: string[]): Promise<SandboxEnd> {
  sandbox.signal.throwIfAborted();
  const child = start(sandbox, words);
  const closed = once(child, 'close');
  closed.catch(() => undefined);
  const stop = () => kill(child);
  let gate: ChildProcess | null = null;
  sandbox.signal.addEventListener('abort', stop);
  const said: string[] = [];
  let tell: Sandbox['onLog'] = (line) => void said.push(line);
  let left = sandbox.maxOutput ?? MAX_OUTPUT;
  for (const source of ['stdout', 'stderr'] as const) {
    const stream = child[source] as Readable;
    // Counted before it is lines: empty ones are none.
    stream.on('data', (text: string) => {
      left -= text.length;
      if (left < 0) stop();
    });
    readLines(stream, (line) => left >= 0 && tell(line, source));
  }
  const commands = child.stdin as Writable;
  // One that ended before it began hears nothing.
  commands.on('error', () => undefined);
  try {
    const [, , , ready] = child.stdio;
    const isReady = await saysAnything(ready as Readable);
    if (!isReady) await closed;
    sandbox.signal.throwIfAborted();
    if (!isReady) throw new SandboxError(`no sandbox could be made: ${said.join(' ')}`);
    if (sandbox.hasGate && child.pid) gate = await openGate(child.pid, sandbox.jobFolder);
    tell = sandbox.onLog;
    commands.end('go\n');
    const [code] = await closed;
    return { code: (code as number | null) ?? 137, isTooLoud: left < 0 };
  } finally {
    sandbox.signal.removeEventListener('abort', stop);
    stop();
    gate?.kill('SIGKILL');
    await closed.catch(() => undefined);
    await waitUntilFree(sandbox.disk);
  }
}
