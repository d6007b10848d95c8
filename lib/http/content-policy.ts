import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '#lib/env.ts';

/** Where the nonce of a page's scripts travels to the root layout; Next itself reads it out of the policy. */
export const NONCE_HEADER = 'x-groundstation-nonce';

/**
 * What a page may load, and from where. Scripts run by the page's nonce alone, and load others; styles may stand in the
 * page, since Radix and sonner put some there (docs/decisions/018).
 */
function contentPolicy(nonce: string, formTargets: string[]): string {
  // React's development build makes its stack traces by eval.
  const evaluates = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '';
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${evaluates}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The page on which a person lets a program in, and its browser posts a code to where the program listens. */
const PROGRAM_LOGIN = /^\/login\/cli([/?]|$)/;

function formTargets(target: string): string[] {
  return PROGRAM_LOGIN.test(target)
    ? ['http://localhost:*', 'http://127.0.0.1:*', ...env().CORS_ORIGINS]
    : [];
}

/** Gives a page its policy, with a nonce that nobody can guess: 128 bits, new for each request. */
export function setContentPolicy(req: IncomingMessage, res: ServerResponse): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = contentPolicy(nonce, formTargets(req.url ?? '/'));
  req.headers[NONCE_HEADER] = nonce;
  // Next gives its own scripts the nonce that it finds here.
  req.headers['content-security-policy'] = policy;
  res.setHeader('content-security-policy', policy);
}
