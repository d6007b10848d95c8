import { Fault } from '#lib/errors.ts';

/** One at a time, in the order in which they came. */
export class Turns {
  readonly #maxWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  /**
   * Waits for a turn; whoever gets one gives it back by what this returns.
   * @throws Fault `unavailable` when too many wait already; the signal's reason when it is aborted first.
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#isTaken) await this.#wait(signal);
    this.#isTaken = true;
    return () => {
      this.#isTaken = false;
      this.#waiting.shift()?.();
    };
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (this.#waiting.length >= this.#maxWaiting)
      throw new Fault('unavailable', 'Too many builds wait for the builder. Try again in a few minutes.');
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(next), 1);
        reject(signal.reason);
      };
      const next = () => {
        signal.removeEventListener('abort', leave);
        // Taken before anybody else can look.
        this.#isTaken = true;
        resolve();
      };
      this.#waiting.push(next);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
