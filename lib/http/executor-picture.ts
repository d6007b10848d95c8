import { Readable } from 'node:stream';
import type { Caller } from '#lib/auth/caller.ts';
import { isKeepable } from '#lib/db/keepable.ts';
import { Fault, isFault } from '#lib/errors.ts';
import { readPicture } from '#lib/executors/package-files.ts';
import { replyHeaders } from '#lib/http/errors.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { requireSession } from '#lib/http/require-session.ts';

/** Who asks; a public Executor's pictures are for nobody too. */
async function whoAsks(request: PlainRequest): Promise<Caller | null> {
  return requireSession(request).catch((error) => {
    if (isFault(error) && error.kind === 'log-in') return null;
    throw error;
  });
}

/**
 * A picture of a package, for a readme. A commit never changes, so a browser may keep it; whatever its bytes may mean to
 * somebody else, they are shown as a picture and run nothing.
 * @throws Fault `not-found` when there is none, or none that the asking person may see.
 */
export async function answerExecutorPicture(request: PlainRequest): Promise<PlainReply> {
  if (request.verb !== 'GET') throw new Fault('no-method', 'Ask for a picture by GET.');
  const caller = await whoAsks(request);
  const query = new URLSearchParams(request.query);
  const [commitId, path] = [query.get('commit') ?? '', query.get('file') ?? ''];
  const picture = isKeepable(path) ? await readPicture({ caller, commitId, path }) : null;
  if (!picture) throw new Fault('not-found', 'There is no such picture.');
  const headers = {
    ...replyHeaders(request.requestId),
    'content-type': picture.type,
    'content-length': String(picture.bytes.length),
    'cache-control': 'private, max-age=3600',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  return { status: 200, headers, body: Readable.from([picture.bytes]) };
}
