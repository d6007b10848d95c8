import type { Content } from './content.ts';
import type { Open } from './http.ts';
import type { Push } from './op.ts';
import type { Owner, World } from './world.ts';

/** A push whose file part is open; the rest of its body waits. */
export interface HeldPush extends Open {
  op: Push;
  /** By which the server's log knows the request. */
  mark: string;
  rest: Buffer;
}

/** A download that nobody reads on. */
export interface HeldPull {
  content: Content;
  /** Reads it to its end. */
  finish(): Promise<{ bytes: Buffer; isWhole: boolean }>;
}

/** A link that was given out, and what it must bring. */
export interface HeldLink {
  url: string;
  content: Content;
  /** Whether a sweep that looks far ahead has run since; then the bytes may be gone. */
  mayBeGone: boolean;
}

/** What is known of a station from outside, and what is held open. */
export class Model {
  /** For each owner the worlds that there may be; one when all is known. */
  readonly worlds: Record<Owner, World[]> = { ada: [[]], bob: [[]], cleo: [[]] };
  /** Every id that an answer has told, with whose it is; those of what is gone too. */
  readonly ids = new Map<string, Owner>();
  readonly pushes: HeldPush[] = [];
  readonly pulls: HeldPull[] = [];
  readonly links: HeldLink[] = [];
  /** Of Cleo's quota, what uploads may hold that a fault has left behind, until the next sweep; in bytes. */
  leftBytes = 0;
  contents = 0;

  /** The ids of what is there for certain or perhaps, of all owners. */
  liveIds(): string[] {
    const items = Object.values(this.worlds).flatMap((worlds) => worlds[0] ?? []);
    return items.flatMap(({ id }) => id ?? []);
  }
}
