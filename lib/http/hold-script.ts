import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate } from '#lib/auth/authenticate.ts';
import { sessionCookieName } from '#lib/auth/session-cookie.ts';
import { isDatabaseAway } from '#lib/db/is-away.ts';
import { pool } from '#lib/db/pool.ts';
import { readCookie } from '#lib/http/credentials.ts';

/** What the browser shows while it asks: its path and query, without what Next's script adds. */
function isForShownPage({ headers, url }: IncomingMessage): boolean {
  const shown = URL.parse(headers.referer ?? '');
  const asked = URL.parse(url ?? '', shown?.origin);
  asked?.searchParams.delete('_rsc');
  return (
    shown !== null && asked !== null && shown.pathname === asked.pathname && shown.search === asked.search
  );
}

/** Whether the script brings a page up to date whose session is over: the answer would be the page to sign in. */
async function isEnded(req: IncomingMessage): Promise<boolean> {
  const session = readCookie(req.headers.cookie, sessionCookieName());
  if (session !== null && isForShownPage(req)) return (await authenticate(session)) === null;
  await pool().query({ name: 'is-there', text: 'SELECT 1' });
  return false;
}

/**
 * Closes the connection on Next's own script, without an answer, while the database is away, and when the session of the page
 * that it brings up to date is over. That is what the script waits out: it leaves the page as it is, with what was typed
 * there, and asks again until it is told. For any answer that is no page it would leave, and a page could only say that it
 * failed, or ask to sign in (docs/decisions/019).
 * @returns whether it was closed.
 */
export async function holdScript(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  if (req.headers.rsc === undefined) return false;
  try {
    if (!(await isEnded(req))) return false;
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
  }
  res.destroy();
  return true;
}
