import pino from 'pino';
import { shared } from '#lib/shared.ts';

/**
 * The process's log: one JSON object a line on stderr, so that stdout stays for what a command prints.
 * Secrets are kept out at the source: what is logged of a request is a list of named facts, never its
 * headers, its query or its body (`lib/http/request-log.ts`).
 */
export function log(): pino.Logger {
  return shared('log', () =>
    pino(
      { level: process.env.LOG_LEVEL || 'info', base: undefined, timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination({ fd: 2, sync: true }),
    ),
  );
}
