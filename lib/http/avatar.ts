import { Readable } from 'node:stream';
import { readAvatar } from '#lib/avatars/read.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { Fault } from '#lib/errors.ts';
import { replyHeaders } from '#lib/http/errors.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { requireSession } from '#lib/http/require-session.ts';

/**
 * The picture of the person who asks. Its address has its digest, so a browser keeps it for ever; whatever its bytes may
 * mean to somebody else, they are shown as a picture and run nothing.
 * @throws Fault `log-in` without a session, `not-found` for any other picture.
 */
export async function answerAvatar(request: PlainRequest): Promise<PlainReply> {
  if (request.verb !== 'GET') throw new Fault('no-method', 'Ask for a picture by GET.');
  const { userId } = await requireSession(request);
  const sha256 = new URLSearchParams(request.query).get('v') ?? '';
  const avatar = isKeepable(sha256) ? await readAvatar(userId, sha256) : null;
  if (!avatar) throw new Fault('not-found', 'There is no such picture.');
  const headers = {
    ...replyHeaders(request.requestId),
    'content-type': avatar.type,
    'content-length': String(avatar.bytes.length),
    'cache-control': 'private, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  return { status: 200, headers, body: Readable.from([Buffer.from(avatar.bytes)]) };
}
