import { asFault, httpStatus } from '#lib/http/errors.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { log } from '#lib/log.ts';
import { metrics } from '#lib/metrics.ts';

/** What a log line says of a request: never headers, query or body, where secrets travel (contract 1.5). */
function facts(request: PlainRequest, name: string) {
  return {
    requestId: request.requestId,
    session: request.header('jinameta-session-id')?.slice(0, 64),
    method: name,
    verb: request.verb,
  };
}

/** One line for a request that was answered; `name` is an RPC method or a kind of path, never a path with a signature. */
export function logAnswer(request: PlainRequest, name: string, reply: PlainReply): void {
  const ms = Date.now() - request.receivedAt.getTime();
  metrics().requests.inc({ method: name, code: reply.status });
  metrics().requestSeconds.observe({ method: name }, ms / 1000);
  log().info({ ...facts(request, name), code: reply.status, ms, address: request.address }, 'answered');
}

/** Never its message: that of a JSON parser quotes what it could not read. */
function nameOf(cause: unknown): string | undefined {
  return cause instanceof Error ? ((cause as { code?: string }).code ?? cause.name) : undefined;
}

/** The story behind an error that is our fault, or that a Fault keeps as its cause; what was expected stays quiet. */
export function logFailure(error: unknown, name: string, request: PlainRequest): void {
  const fault = asFault(error);
  metrics().refusals.inc({ method: name, kind: fault?.kind ?? 'unexpected' });
  if (fault)
    log().debug({ ...facts(request, name), kind: fault.kind, cause: nameOf(fault.cause) }, fault.message);
  if (httpStatus(error) >= 500) log().error({ ...facts(request, name), err: error }, 'a request failed');
}
