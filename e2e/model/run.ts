import fc from 'fast-check';
import { checkAll, clear } from './books.ts';
import { anyCommand } from './commands.ts';
import { Session, Tally } from './session.ts';
import { Station } from './station.ts';

/** Of one run, at most; the average is half of it. */
const MAX_COMMANDS = 200;
/** For how long a failing run is made smaller. */
const SHRINK_MS = 90_000;
const LOG_LINES = 30;

/** Which commands: those of a seed, or a part of them that a failure has named. */
export interface RunOptions {
  seed: number;
  path?: string;
  replayPath?: string;
}

function isWanted(line: string): boolean {
  return line !== '' && !line.includes('"msg":"answered"');
}

export const isStep = (name: string) => name.startsWith('step: ');
export const isFault = (name: string) => name.startsWith('step: fault: ');

/** Runs of commands against one station after the other; a station serves until a run on it fails. */
export class Runner {
  readonly tally = new Tally();
  readonly #settings: Record<string, string>;
  #station: Station | null = null;
  #firstFailureMs: number | null = null;

  constructor(settings: Record<string, string> = {}) {
    this.#settings = settings;
  }

  /** The station of the next run. */
  async station(): Promise<Station> {
    this.#station ??= await Station.start(this.#settings);
    return this.#station;
  }

  async #once(commands: Iterable<fc.AsyncCommand<Session['model'], Session>>): Promise<void> {
    if (this.#firstFailureMs !== null && Date.now() - this.#firstFailureMs > SHRINK_MS) return;
    const station = await this.station();
    const session = new Session(station, this.tally);
    try {
      await fc.asyncModelRun(() => ({ model: session.model, real: session }), commands);
      await checkAll(session);
      await clear(session);
    } catch (error) {
      await this.stop();
      const log = station.server.output().split('\n').filter(isWanted).slice(-LOG_LINES);
      const story = `${session.trace.join('\n')}\n\n${(error as Error).stack}\n\nThe server wrote:\n${log.join('\n')}`;
      if (this.#firstFailureMs === null) console.error(`The first run that failed:\n${story}\n`);
      this.#firstFailureMs ??= Date.now();
      throw new Error(story);
    }
  }

  /** One run. @throws with its smallest failing form, its seed, its path and all that was done. */
  async run({ seed, path, replayPath }: RunOptions): Promise<void> {
    const commands = fc.commands([anyCommand], { maxCommands: MAX_COMMANDS, size: 'max', replayPath });
    const property = fc.asyncProperty(commands, (all) => this.#once(all));
    await fc.assert(property, { seed, path, numRuns: 1 });
  }

  /** Ends the station, whatever state it is in. */
  async stop(): Promise<void> {
    const station = this.#station;
    this.#station = null;
    await station?.dispose();
  }
}
