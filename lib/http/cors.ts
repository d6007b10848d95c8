import { env } from '#lib/env.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';

const PREFLIGHT_AGE_SECONDS = 600;

/**
 * What lets pages of the origins in CORS_ORIGINS, and of no others, call with their cookies (contract 1.12).
 * Nothing at all for a request that comes from no page.
 */
export function corsHeaders(request: PlainRequest): Record<string, string> {
  const origin = request.header('origin');
  if (origin === undefined) return {};
  if (!env().CORS_ORIGINS.includes(origin)) return { vary: 'origin' };
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'x-request-id, content-range, content-disposition',
  };
}

/** The answer to a browser that asks whether it may call. */
export function preflightReply(request: PlainRequest): PlainReply {
  const allowed = corsHeaders(request);
  if (!('access-control-allow-origin' in allowed)) return { status: 204, headers: allowed, body: null };
  const headers = {
    ...allowed,
    'access-control-allow-methods': 'GET, HEAD, POST',
    'access-control-allow-headers':
      request.header('access-control-request-headers') ?? 'authorization, content-type',
    'access-control-max-age': String(PREFLIGHT_AGE_SECONDS),
  };
  return { status: 204, headers, body: null };
}
