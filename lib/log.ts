import pino from 'pino';
import { shared } from '#lib/shared.ts';

/** Lines are gathered for one write, for so long or so much at most: a write for each costs a tenth of a small request. */
const GATHER_MS = 100;
const GATHER_BYTES = 4096;
/** Lines kept for a reader that is slow or stuck; what is beyond is dropped rather than kept in memory. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;

function makeDestination() {
  const options = { fd: 2, sync: false, minLength: GATHER_BYTES, maxLength: MAX_WAITING_BYTES };
  const destination = pino.destination(options);
  // What is still gathered when the process ends is written by pino itself.
  setInterval(() => destination.flush(), GATHER_MS).unref();
  return destination;
}

/**
 * The process's log: one JSON object a line on stderr, so that stdout stays for what a command prints.
 * Secrets are kept out at the source: what is logged of a request is a list of named facts, never its
 * headers, its query or its body (`lib/http/request-log.ts`).
 */
export function log(): pino.Logger {
  return shared('log', () =>
    pino(
      { level: process.env.LOG_LEVEL || 'info', base: undefined, timestamp: pino.stdTimeFunctions.isoTime },
      makeDestination(),
    ),
  );
}
