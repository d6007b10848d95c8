import type { z } from 'zod';
import type { UploadPart } from '#lib/artifacts/push.ts';
import type { Origin } from '#lib/audit/record.ts';
import type { Caller } from '#lib/auth/caller.ts';
import type { Clock } from '#lib/clock.ts';
import type { Scope } from '#lib/tokens/scopes.ts';

/** What a method knows of its call besides the input. Nothing in it is of HTTP. */
export interface CallContext {
  origin: Origin;
  clock: Clock;
  /** What links start with, such as `http://127.0.0.1:3000`. */
  baseUrl: string;
  /** What the client said of itself in its headers: kept with a push. */
  client: Record<string, string>;
  /** It is docarray before 0.19, of which some versions never say whether a push is public (contract 5.3). */
  isEarlyDocarray: boolean;
  /** Aborted when nobody waits for the answer any more; for what takes long. */
  gone(): AbortSignal;
}

/** The call of a method that only somebody known may call. */
export interface UserContext extends CallContext {
  caller: Caller;
}

/** What a method answers. Text in `json` and `items` is JSON already, on one line. */
export type Result =
  | { kind: 'value'; data: unknown; meta?: object }
  /** Without an envelope: jina 2 knows none (contract 10.2). */
  | { kind: 'bare'; data: object }
  /** It will be done. */
  | { kind: 'accepted'; data: unknown }
  | { kind: 'json'; data: string }
  | { kind: 'list'; items: AsyncIterable<string>; meta: Record<string, number> }
  | Events;

/** One object of a stream. A `fault`, whatever failed, is sent as its payload, in the codes of the wire. */
export type StreamEvent = { fault?: unknown; [field: string]: unknown };

/** Objects that are sent one by one as they come. */
export interface Events {
  kind: 'events';
  /** @param signal is aborted when the client is gone. */
  events(signal: AbortSignal): AsyncIterable<StreamEvent>;
  /** The event that says that they failed. */
  failure(sentence: string, error: unknown): StreamEvent;
}

/** An upload as a method gets it: the parts as they arrive, and the reader of its text fields. */
export interface Upload<Input> {
  parts: AsyncIterable<UploadPart>;
  /** What the request announced as its length in bytes, or 0. */
  announcedBytes: number;
  parseFields(fields: Record<string, string>): Input;
}

interface Common<Input> {
  /** `read` may be called by GET with a cookie; `write` may not. */
  effect: 'read' | 'write';
  /** What a token that has scopes needs; `null`: every valid credential will do. */
  scope: Scope | null;
  /** Fields that are not named here are ignored (contract 1.4). */
  input: z.ZodType<Input>;
  /** Clients that read an error as a line of a stream: jina 3 (contract 7.4), or jina 2 in words of its own (10.2). */
  lineReaders?: 'jina 2' | 'jina 3';
}

interface PublicMethod<Input> extends Common<Input> {
  access: 'anyone';
  run(context: CallContext, input: Input): Promise<Result>;
}

interface UserMethod<Input> extends Common<Input> {
  access: 'user';
  run(context: UserContext, input: Input): Promise<Result>;
}

/**
 * `administrator`: one who sits in front of a browser. For everybody else there is no such method, in every word of the
 * answer, and for a program of theirs it is not allowed.
 */
interface AdministratorMethod<Input> extends Common<Input> {
  access: 'administrator';
  run(context: UserContext, input: Input): Promise<Result>;
}

/** `pusher`: a user, and with ANONYMOUS_PUSH=on nobody as well (docs/decisions/014). */
interface UploadMethod<Input> extends Common<Input> {
  access: 'pusher';
  upload(context: CallContext, upload: Upload<Input>): Promise<Result>;
}

/** A row of the table of methods, of whatever input. */
export type Method =
  | PublicMethod<unknown>
  | UserMethod<unknown>
  | AdministratorMethod<unknown>
  | UploadMethod<unknown>;

/**
 * Ties a row's function to its schema, then forgets the input's type, so that rows of all kinds fit into one table.
 * The dispatcher gives a function nothing but what its own schema has parsed.
 */
export function method<Input>(
  row: PublicMethod<Input> | UserMethod<Input> | AdministratorMethod<Input> | UploadMethod<Input>,
): Method {
  return row as unknown as Method;
}
