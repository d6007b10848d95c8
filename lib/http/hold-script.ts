import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDatabaseAway } from '#lib/db/is-away.ts';
import { pool } from '#lib/db/pool.ts';

async function isAway(): Promise<boolean> {
  try {
    await pool().query({ name: 'is-there', text: 'SELECT 1' });
    return false;
  } catch (error) {
    return isDatabaseAway(error);
  }
}

/**
 * Closes the connection on Next's own script while the database is away, without an answer. That is what the script
 * waits out: it leaves the page as it is, with what was typed there, and asks again until it is told. For any answer
 * that is no page it would leave, and a page could only say that it failed (docs/decisions/019).
 * @returns whether it was closed.
 */
export async function holdScript(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  if (req.headers.rsc === undefined || !(await isAway())) return false;
  res.destroy();
  return true;
}
