import { actsAsCsv } from '#lib/audit/csv.ts';
import { Fault } from '#lib/errors.ts';
import { replyHeaders } from '#lib/http/errors.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { requireSession } from '#lib/http/require-session.ts';

/** What happened in the person's namespace, as a file. */
export async function answerActivityFile(request: PlainRequest): Promise<PlainReply> {
  if (request.verb !== 'GET') throw new Fault('no-method', 'Ask for this file by GET.');
  const caller = await requireSession(request);
  const headers = {
    ...replyHeaders(request.requestId),
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="activity.csv"',
  };
  return { status: 200, headers, body: actsAsCsv(caller) };
}
