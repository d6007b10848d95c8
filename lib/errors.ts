/**
 * What can go wrong, in the words of the domain. `lib/http/errors.ts` is the one place that gives each kind
 * its status codes.
 */
export type FaultKind =
  | 'invalid' // a parameter is missing or wrong
  | 'broken-upload' // the body ended early or is not what it claims
  | 'wrong-password' // a credential was checked and did not match
  | 'log-in' // no token, or one that no longer counts
  | 'not-allowed' // the caller may see the thing, but not do this to it
  | 'no-method' // no RPC method of this name
  | 'not-found' // no such thing, or none that the caller may see
  | 'gone-from-store' // the row is there, the bytes are not
  | 'corrupt' // the stored bytes are not what the database says
  | 'too-large' // one upload is larger than the server takes
  | 'over-quota' // the namespace is full
  | 'name-taken' // the name belongs to another thing
  | 'not-a-zip' // an upload that should be a zip is something else
  | 'malformed' // a package that cannot be read
  | 'no-executor' // the normaliser refuses a package
  | 'build-failed' // the image of a package cannot be built
  | 'too-often' // a rate limit
  | 'unavailable'; // the database or the store does not answer

interface FaultOptions {
  /** For the log only; never shown. */
  cause?: unknown;
  /** Seconds after which trying again makes sense. */
  retryAfterSeconds?: number;
  /** Of `no-executor`: which rule of the normaliser (contract 12.2), for which clients have hints. */
  normalizerCode?: number;
}

/** An expected failure with one public sentence: what happened and what to do. */
export class Fault extends Error {
  readonly kind: FaultKind;
  readonly retryAfterSeconds: number | undefined;
  readonly normalizerCode: number | undefined;

  constructor(kind: FaultKind, sentence: string, options: FaultOptions = {}) {
    super(sentence, { cause: options.cause });
    this.name = 'Fault';
    this.kind = kind;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.normalizerCode = options.normalizerCode;
  }
}

/** True for a `Fault` of any copy of this module (see `lib/shared.ts` for why there are copies). */
export function isFault(error: unknown): error is Fault {
  return error instanceof Error && error.name === 'Fault' && 'kind' in error;
}
