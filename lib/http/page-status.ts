import type { IncomingMessage, ServerResponse } from 'node:http';
import { shared } from '#lib/shared.ts';

/** By request id: what a page that is being made says of itself. Next lets a page choose no status. */
const statuses = () => shared('page-statuses', () => new Map<string, number>());

/**
 * Says that a page failed, for the first line of its answer.
 * @returns false when it said so before: its layout and the page itself may fail for one reason.
 */
export function setPageStatus(requestId: string, status: number): boolean {
  const isNews = !statuses().has(requestId);
  statuses().set(requestId, status);
  return isNews;
}

/** How long a program should wait that asks for a page while the database is away. */
const RETRY_SECONDS = 5;

/**
 * Puts on the first line of a page's answer what the page says of itself. Not where Next's own script asks: it would
 * leave the page, with whatever was typed there, for any answer but 200.
 */
export function passPageStatus(req: IncomingMessage, res: ServerResponse, requestId: string): void {
  const isScript = req.headers.rsc !== undefined;
  const writeHead = res.writeHead.bind(res);
  res.once('close', () => statuses().delete(requestId));
  res.writeHead = ((status: number, ...rest: []) => {
    const failed = isScript ? undefined : statuses().get(requestId);
    if (failed === 503) res.setHeader('retry-after', RETRY_SECONDS);
    return writeHead(failed ?? status, ...rest);
  }) as typeof res.writeHead;
}
