import { storeFull } from '#lib/blobs/faults.ts';
import { isDatabaseAway, isDatabaseFull } from '#lib/db/is-away.ts';
import { Fault, type FaultKind, isFault } from '#lib/errors.ts';
import type { PlainReply } from '#lib/http/message.ts';

interface Code {
  /** The five digits that the SDK looks up; it fails with KeyError on any that it does not know (contract 1.8). */
  status: number;
  /** The SDK's class, spelled as there. */
  name: string;
  /** Where it is not the first three digits of `status`. */
  http?: number;
}

/** The one place where failures get their codes. */
const CODES: Record<FaultKind, Code> = {
  invalid: { status: 40001, name: 'ParamValidationError' },
  'broken-upload': { status: 40003, name: 'DataStreamBrokenError' },
  'wrong-password': { status: 40102, name: 'AuthenticationFailedError' },
  'log-in': { status: 40103, name: 'AuthenticationRequiredError' },
  'not-allowed': { status: 40301, name: 'OperationNotAllowedError' },
  'gone-from-store': { status: 40401, name: 'InternalResourceNotFoundError' },
  'not-a-zip': { status: 40004, name: 'UnexpectedMinetypeError' },
  malformed: { status: 42203, name: 'SubmittedDataMalformedError' },
  // Not in the SDK's table: only in the streams and answers that HubIO reads (contract 7.2).
  'no-executor': { status: 42205, name: 'DownstreamServiceFailureError' },
  // By its `cmd` HubIO knows what to hint at (contract 7.2).
  'build-failed': { status: 50003, name: 'ServerSubprocessError' },
  'no-method': { status: 40402, name: 'RpcMethodNotFOundError' },
  'not-found': { status: 40403, name: 'RequestedEntityNotFoundError' },
  'too-large': { status: 41301, name: 'FileTooLargeError' },
  'over-quota': { status: 41302, name: 'MaximumUploadSizeReachedError' },
  corrupt: { status: 42201, name: 'InternalDataCorruptionError' },
  'name-taken': { status: 42202, name: 'IdentifierNamespaceOccupiedError' },
  // The SDK's table has nothing for a limit, so its class is the nearest one and the HTTP status says the rest.
  'too-often': { status: 40301, name: 'OperationNotAllowedError', http: 429 },
  // No 503xx either (docs/decisions/011).
  unavailable: { status: 50002, name: 'DownstreamServiceError', http: 503 },
};
const UNEXPECTED: Code = { status: 50001, name: 'ServerInternalError' };
const UNEXPECTED_SENTENCE = 'The server made a mistake. Try again; if it stays, tell its administrator.';

/** What a failure is in the words of the domain; null for what nobody expected. */
export function asFault(error: unknown): Fault | null {
  if (isFault(error)) return error;
  if (isDatabaseFull(error)) return storeFull(error);
  if (!isDatabaseAway(error)) return null;
  return new Fault('unavailable', 'The database does not answer right now. Try again in a moment.', {
    cause: error,
  });
}

/** The HTTP status of a failure. */
export function httpStatus(error: unknown): number {
  const fault = asFault(error);
  const code = fault ? CODES[fault.kind] : UNEXPECTED;
  return code.http ?? Math.floor(code.status / 100);
}

/** The headers that every answer of the API has. */
export function replyHeaders(requestId: string): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  };
}

/** What may be shown of a failure, with the id under which the log has it. */
export function publicSentence(error: unknown, requestId: string): string {
  return `${asFault(error)?.message ?? UNEXPECTED_SENTENCE} (request ${requestId})`;
}

const MAX_REASON_LENGTH = 200;

/**
 * A sentence for the status line, which is all that docarray before 0.19 and every pull show of a refusal
 * (`raise_for_status`); other characters than printable ASCII may not stand there.
 */
function reasonOf(name: string, sentence: string): string {
  const ascii = sentence.replaceAll('’', "'").replaceAll(/[^ -~]/g, '?');
  return `${name}: ${ascii}`.slice(0, MAX_REASON_LENGTH);
}

function retryHeader(fault: Fault): Record<string, string> {
  return fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
}

/** What an answer, or an event of a stream, says of a failure: contract 1.8, and 7.2 for the normaliser's and the builder's. */
export function failureBody(error: unknown, requestId: string, code = httpStatus(error)): object {
  const fault = asFault(error);
  const { status, name } = fault ? CODES[fault.kind] : UNEXPECTED;
  const message = publicSentence(error, requestId);
  const body = { data: null, code, status, name, message, readableMessage: `${name}: ${message}` };
  if (fault?.kind === 'build-failed') return { ...body, cmd: 'docker' };
  if (fault?.normalizerCode === undefined) return body;
  return { ...body, service: 'normalizer', err: { code: fault.normalizerCode } };
}

/**
 * The answer to a failure: contract 1.8. Only a Fault's own sentence is shown; of anything else the log has the
 * story and the answer the request id.
 * @param code the HTTP status, where HTTP itself has one for this and no kind of failure does.
 * @param extras more fields of the body.
 */
export function errorReply(
  error: unknown,
  requestId: string,
  code = httpStatus(error),
  extras: object = {},
): PlainReply {
  const fault = asFault(error);
  const { name } = fault ? CODES[fault.kind] : UNEXPECTED;
  const sentence = fault?.message ?? UNEXPECTED_SENTENCE;
  const body = { ...failureBody(error, requestId, code), ...extras };
  const headers = { ...replyHeaders(requestId), ...(fault ? retryHeader(fault) : {}) };
  return { status: code, reason: reasonOf(name, sentence), headers, body: JSON.stringify(body) };
}
