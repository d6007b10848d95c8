import { headers } from 'next/headers';
import { httpStatus } from '#lib/http/errors.ts';
import { setPageStatus } from '#lib/http/page-status.ts';
import { newRequestId } from '#lib/ids.ts';
import { log } from '#lib/log.ts';

/** What a page shows in place of itself. */
export interface PageFailure {
  /** Whether the database, or what else the page reads from, does not answer right now. */
  isAway: boolean;
  /** Under which the log has the story. */
  requestId: string;
}

/** Logs why the page of this request could not be made, and gives its answer the status that says so. */
export async function notePageFailure(error: unknown): Promise<PageFailure> {
  const requestId = (await headers()).get('x-request-id') ?? newRequestId();
  const status = httpStatus(error);
  if (setPageStatus(requestId, status))
    log().error({ requestId, method: 'page', err: error }, 'a page failed');
  return { isAway: status === 503, requestId };
}
