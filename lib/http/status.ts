import { databaseAnswers, imagesAnswer, storeAnswers } from '#lib/health/check.ts';
import { replyHeaders } from '#lib/http/errors.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { metrics } from '#lib/metrics.ts';
import { isStopping } from '#lib/stopping.ts';

type Answer = (request: PlainRequest) => Promise<PlainReply>;

function json(request: PlainRequest, status: number, body: object): PlainReply {
  return { status, headers: replyHeaders(request.requestId), body: JSON.stringify(body) };
}

/** Why this process cannot take requests now, or null. */
async function notReady(): Promise<string | null> {
  if (isStopping()) return 'The server is shutting down.';
  if (!(await databaseAnswers())) return 'The database does not answer, or has no tables yet.';
  if (!(await storeAnswers())) return 'The blob store does not answer, or cannot be written to.';
  if (!(await imagesAnswer())) return 'The registry of images does not answer.';
  return null;
}

/** Paths for probes and monitors, and the keys of tokens that clients could read themselves: ours are none (contract 2.7). */
export const statusPaths: Record<string, Answer> = {
  '/ping': async (request) => json(request, 200, { ok: true }),
  '/v2/.well-known/jwks.json': async (request) => json(request, 200, { keys: [] }),
  '/api/health': async (request) => json(request, 200, { ok: true }),
  '/api/ready': async (request) => {
    const reason = await notReady();
    return reason ? json(request, 503, { ready: false, reason }) : json(request, 200, { ready: true });
  },
  '/api/metrics': async () => {
    const { registry } = metrics();
    return { status: 200, headers: { 'content-type': registry.contentType }, body: await registry.metrics() };
  },
};
