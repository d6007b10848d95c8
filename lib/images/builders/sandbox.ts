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
import { type Stage, type StageEnd, type StagePlace, StageProcess } from './stage.ts';

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
  /** Has a process wait in it for the next stage of this place, which then begins at once. */
  warm(place: StagePlace): void;
  /** Takes it apart; stages that run have to be over. */
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

/** The processes of a sandbox that wait for their stages. */
class Waiting {
  readonly #all: { place: string; process: StageProcess }[] = [];

  add(process: StageProcess, { network, groupFolders }: StagePlace): void {
    this.#all.push({ place: [network, ...groupFolders].join(' '), process });
  }

  /** One that waits for a stage of this place; null when there is none. */
  take({ network, groupFolders }: StagePlace): StageProcess | null {
    const at = this.#all.findIndex(({ place }) => place === [network, ...groupFolders].join(' '));
    return at < 0 ? null : (this.#all.splice(at, 1)[0]?.process ?? null);
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.splice(0).map(({ process }) => process.close()));
  }
}

/** The id of the process that a sandbox ends with. @throws SandboxError where there is none. */
async function holderOf(child: ChildProcess, closed: Promise<unknown>): Promise<number> {
  const reasons: string[] = [];
  readLines(child.stderr as Readable, (line) => void reasons.push(line));
  const holder = Number(await firstLine(child.stdio[3] as Readable, MAX_PID_LENGTH));
  if (holder) return holder;
  await closed;
  throw new SandboxError(`no sandbox could be made: ${reasons.join(' ')}`);
}

/**
 * Makes a sandbox. It ends with this process, however that ends.
 * @param first where its first stage will be, on whose way there a process is already.
 * @throws SandboxError where none can be made; the reason of the signal.
 */
export async function openSandbox(
  place: SandboxPlace,
  first: StagePlace,
  signal: AbortSignal,
): Promise<Sandbox> {
  const variables = await writeMounts(place);
  signal.throwIfAborted();
  const waiting = new Waiting();
  const process = new StageProcess(first);
  waiting.add(process, first);
  const child = start(place.jobFolder, variables);
  const closed = once(child, 'close');
  closed.catch(() => undefined);
  // One that ended before it began hears nothing.
  (child.stdin as Writable).on('error', () => undefined);
  const close = async () => {
    await waiting.close();
    endGroupOf(child);
    await closed.catch(() => undefined);
    await waitUntilFree(place.disk);
  };
  const stop = () => endGroupOf(child);
  signal.addEventListener('abort', stop);
  try {
    const holder = await holderOf(child, closed).finally(() => signal.throwIfAborted());
    process.enter(holder);
    const enter = (stage: StagePlace) => {
      const entering = new StageProcess(stage);
      entering.enter(holder);
      return entering;
    };
    return {
      run: (stage, words) => (waiting.take(stage) ?? enter(stage)).run(place.jobFolder, stage, words),
      warm: (stage) => waiting.add(enter(stage), stage),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Runs one command in a sandbox of its own. @throws SandboxError where that was not possible. */
export async function runAlone(place: SandboxPlace, stage: Stage, words: string[]): Promise<StageEnd> {
  const sandbox = await openSandbox(place, stage, stage.signal);
  try {
    return await sandbox.run(stage, words);
  } finally {
    await sandbox.close();
  }
}
