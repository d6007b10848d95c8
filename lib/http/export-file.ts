import { systemClock } from '#lib/clock.ts';
import { Fault } from '#lib/errors.ts';
import { accountFiles } from '#lib/exports/account-files.ts';
import { zipOf } from '#lib/exports/zip.ts';
import { userAgent } from '#lib/http/client-facts.ts';
import { replyHeaders } from '#lib/http/errors.ts';
import { isFromOwnPage } from '#lib/http/hosts.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { requireSession } from '#lib/http/require-session.ts';

/**
 * Everything that the person has here, as a ZIP that is made while it is sent. Unlike other files it is much work and is
 * written down, so a link on another site does not start it.
 */
export async function answerExportFile(request: PlainRequest): Promise<PlainReply> {
  if (request.verb !== 'GET') throw new Fault('no-method', 'Ask for this file by GET.');
  const caller = await requireSession(request);
  if (!isFromOwnPage(request))
    throw new Fault('not-allowed', 'Another site asked for this file. Export from the settings here.');
  const { address, requestId } = request;
  const origin = { caller, address, client: userAgent(request), requestId };
  const headers = {
    ...replyHeaders(requestId),
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="groundstation-${caller.name}.zip"`,
  };
  return { status: 200, headers, body: zipOf(accountFiles({ caller, origin, clock: systemClock })) };
}
