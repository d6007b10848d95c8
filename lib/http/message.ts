import type { Readable } from 'node:stream';

/** A request, free of any framework. */
export interface PlainRequest {
  verb: string;
  /** The path with one slash wherever several stood; not decoded. */
  path: string;
  /** As it was sent, a character a byte, without the question mark. */
  query: string;
  /** Names in small letters. */
  header(name: string): string | undefined;
  headerNames(): Iterable<string>;
  body: Readable;
  /** Takes back the memory of a piece of the body, where it is known that nobody else looks at it. */
  release?(piece: Uint8Array): void;
  /** Of the peer, or what a trusted proxy says of it. */
  address: string | null;
  requestId: string;
  receivedAt: Date;
  /** Aborted when nobody waits for the answer any more; for what takes long. */
  gone(): AbortSignal;
}

/** How much of a refused upload is still read, so that the client can read the answer. */
export interface Drain {
  bytes: number;
  ms: number;
}

/** An answer, free of any framework. */
export interface PlainReply {
  status: number;
  /** Behind the status on the first line, in place of its usual words: printable ASCII. */
  reason?: string;
  headers: Record<string, string>;
  /** Text goes out whole; anything else as it comes. Null: no body. */
  body: string | Readable | null;
  /** Set when the request's body was not read to its end: the connection closes after that much of it. */
  drain?: Drain;
}
