import { Readable } from 'node:stream';

/** A reader that takes nothing for so many events is told to look at everything when it is back. */
const MAX_WAITING = 100;

/** One event as the HTML standard's section on server-sent events writes it, its data one line of JSON. */
function eventText(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A body of server-sent events. What its reader does not take waits, and never grows beyond a few kilobytes. */
export class EventStream extends Readable {
  #waiting: string[] = [];
  #isRead = false;
  #isOver = false;
  readonly #overflow: string;
  readonly #closed: () => void;

  /**
   * @param overflow the name of the event that takes the place of too many that wait; its data is `{}`.
   * @param closed called once, when nobody reads any more or all was said.
   */
  constructor(overflow: string, closed: () => void) {
    super();
    this.#overflow = eventText(overflow, {});
    this.#closed = closed;
    // Headers go out with the first bytes, and the page wants to know that it is connected.
    this.beat();
  }

  /** Keeps the connection, and tells the page that it is one: a comment would not reach it. */
  beat(): void {
    this.event('beat', {});
  }

  event(name: string, data: object): void {
    this.#say(eventText(name, data));
  }

  /** Ends the stream when everything has been read. */
  finish(): void {
    this.#isOver = true;
    this.#pass();
  }

  #say(text: string): void {
    if (this.#isOver) return;
    if (this.#waiting.length === MAX_WAITING) this.#waiting = [this.#overflow];
    this.#waiting.push(text);
    this.#pass();
  }

  #pass(): void {
    while (this.#isRead && this.#waiting.length > 0) this.#isRead = this.push(this.#waiting.shift());
    if (!this.#isRead || !this.#isOver) return;
    this.#isRead = false;
    this.push(null);
  }

  override _read(): void {
    this.#isRead = true;
    this.#pass();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#closed();
    done(error);
  }
}
