import type { PlainRequest } from '#lib/http/message.ts';

/** Facts that a pushing client states in headers, prefixed (HubIO, jina) or bare (docarray before 0.19): contract 1.5. */
const FACTS = new Set(
  `docarray jina jcloud jina-proto protobuf proto-backend grpcio pyyaml jina-hubble-sdk python platform
  platform-release platform-version architecture processor session-id uptime ci-vendor internal`.split(/\s+/),
);
const PREFIX = 'jinameta-';
const MAX_FACT_LENGTH = 200;

/** The user agent, cut to what is worth keeping. */
export function userAgent(request: Pick<PlainRequest, 'header'>): string | null {
  return request.header('user-agent')?.slice(0, MAX_FACT_LENGTH) ?? null;
}

/**
 * What the client says of itself and when it asked, to be kept with a push. Only known names are taken: jina sends
 * its whole environment as headers, a token among it in some versions.
 */
export function clientFacts(request: PlainRequest): Record<string, string> {
  const facts: Record<string, string> = { requestedAt: request.receivedAt.toISOString() };
  const agent = userAgent(request);
  if (agent) facts['user-agent'] = agent;
  for (const header of request.headerNames()) {
    const name = header.startsWith(PREFIX) ? header.slice(PREFIX.length) : header;
    const value = FACTS.has(name) ? request.header(header) : undefined;
    if (value) facts[name] = value.slice(0, MAX_FACT_LENGTH);
  }
  return facts;
}
