import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { firstId } from './folders.ts';
import { readLines } from './lines.ts';
import { type SandboxPlace, writeMounts } from './mounts.ts';
import { BARE, endGroupOf, firstLine, SandboxError } from './processes.ts';
import { runStage, type Stage, type StageEnd } from './stage.ts';

/** Builds run in the server's own process; in what Next bundles there is no folder, and nothing of this is called. */
const HERE = import.meta.dirname ?? '';
const FREE_POLL_MS = 10;
const FREE_TRIES = 500;
const MAX_PID_LENGTH = 20;

/** A file system of its own, in which stages run one after the other or beside each other. None sees anything of another. */
export interface Sandbox {
  /**
   * Runs a command in it until that ends, or until the stage's signal, upon which everything that it started is killed.
   * @throws SandboxError when the command was never started.
   */
  run(stage: Stage, words: string[]): Promise<StageEnd>;
  /** Takes it apart; its stages have to be over. */
  close(): Promise<void>;
}

function start(jobFolder: string, variables: Record<string, string>): ChildProcess {
  const id = firstId();
  const asUser = id === null ? ['--user', '--map-root-user', '--map-auto'] : [];
  const script = ['sh', path.join(/* turbopackIgnore: true */ HERE, 'sandbox.sh')];
  return spawn('unshare', [...asUser, '--mount', '--propagation', 'private', ...script], {
    env: { ...BARE, ...variables, JOB: jobFolder, FIRST_ID: `${id ?? ''}` },
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    detached: true,
    cwd: '/',
  });
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
 * Makes a sandbox. It ends with this process, however that ends.
 * @throws SandboxError where none can be made; the reason of the signal.
 */
export async function openSandbox(place: SandboxPlace, signal: AbortSignal): Promise<Sandbox> {
  const variables = await writeMounts(place);
  signal.throwIfAborted();
  const child = start(place.jobFolder, variables);
  const closed = once(child, 'close');
  closed.catch(() => undefined);
  // One that ended before it began hears nothing.
  (child.stdin as Writable).on('error', () => undefined);
  const close = async () => {
    endGroupOf(child);
    await closed.catch(() => undefined);
    await waitUntilFree(place.disk);
  };
  const stop = () => endGroupOf(child);
  const reasons: string[] = [];
  readLines(child.stderr as Readable, (line) => void reasons.push(line));
  signal.addEventListener('abort', stop);
  try {
    const holder = Number(await firstLine(child.stdio[3] as Readable, MAX_PID_LENGTH));
    if (!holder) await closed;
    signal.throwIfAborted();
    if (!holder) throw new SandboxError(`no sandbox could be made: ${reasons.join(' ')}`);
    return { run: (stage, words) => runStage(place.jobFolder, holder, stage, words), close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Runs one command in a sandbox of its own. @throws SandboxError where that was not possible. */
export async function runAlone(place: SandboxPlace, stage: Stage, words: string[]): Promise<StageEnd> {
  const sandbox = await openSandbox(place, stage.signal);
  try {
    return await sandbox.run(stage, words);
  } finally {
    await sandbox.close();
  }
}
