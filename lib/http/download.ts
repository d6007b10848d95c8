import { create as contentDisposition } from 'content-disposition';
import { type BlobLink, openLink } from '#lib/blobs/signed-link.ts';
import { blobStore } from '#lib/blobs/store.ts';
import { systemClock } from '#lib/clock.ts';
import { errorReply } from '#lib/http/errors.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { logFailure } from '#lib/http/request-log.ts';

/** Bytes `start` to `end`, both inclusive; `end` is `start - 1` for nothing. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The one range that a Range header asks for (RFC 9110, 14.1.2).
 * @returns null when the whole is to be sent (none, several, or not in bytes), `unsatisfiable` when it lies outside.
 */
export function parseRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'unsatisfiable' | null {
  const match = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const length = Math.min(Number(match[2]), sizeBytes);
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? sizeBytes - 1 : Math.min(Number(match[2]), sizeBytes - 1);
  if (match[2] !== '' && Number(match[2]) < start) return null;
  return start < sizeBytes ? { start, end } : 'unsatisfiable';
}

function wantedRange(request: PlainRequest, etag: string, sizeBytes: number) {
  const condition = request.header('if-range');
  return condition === undefined || condition === etag
    ? parseRange(request.header('range'), sizeBytes)
    : null;
}

/** A range that every store reads as we do. */
const SIMPLE_RANGE = /^bytes=(\d{1,15}-\d{0,15}|-\d{1,15})$/;

/** Whether the store may answer in our place: by GET only, and a condition would speak of our ETag, not of its own. */
function isSimple(request: PlainRequest, wanted: ByteRange | null): boolean {
  if (request.verb !== 'GET') return false;
  if ([...request.headerNames()].some((name) => name.startsWith('if-'))) return false;
  const range = request.header('range');
  return range === undefined || (wanted !== null && SIMPLE_RANGE.test(range));
}

function directUrl({ store, key, filename, expiresMs }: BlobLink): Promise<string | null> {
  return blobStore(store).directUrl(key, { expiresMs, contentDisposition: contentDisposition(filename) });
}

/** Sends the client to the store itself; a client repeats its Range there (docs/decisions/013). */
function redirect(url: string, request: PlainRequest): PlainReply {
  const headers = {
    location: url,
    'content-length': '0',
    'cache-control': 'no-store',
    'x-request-id': request.requestId,
  };
  return { status: 307, headers, body: null };
}

async function answer(text: string, request: PlainRequest): Promise<PlainReply> {
  const link = openLink(text, systemClock);
  const etag = `"${link.sha256}"`;
  const headers: Record<string, string> = {
    'content-type': 'application/octet-stream',
    'content-disposition': contentDisposition(link.filename),
    'x-content-type-options': 'nosniff',
    'x-request-id': request.requestId,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-transform',
    etag,
  };
  if (request.header('if-none-match') === etag) return { status: 304, headers, body: null };
  const wanted = wantedRange(request, etag, link.sizeBytes);
  if (wanted === 'unsatisfiable') {
    const nothing = { ...headers, 'content-range': `bytes */${link.sizeBytes}`, 'content-length': '0' };
    return { status: 416, headers: nothing, body: null };
  }
  const { start, end } = wanted ?? { start: 0, end: link.sizeBytes - 1 };
  headers['content-length'] = String(end - start + 1);
  if (wanted) headers['content-range'] = `bytes ${start}-${end}/${link.sizeBytes}`;
  const status = wanted ? 206 : 200;
  if (request.verb === 'HEAD' || end < start) return { status, headers, body: null };
  const url = isSimple(request, wanted) ? await directUrl(link) : null;
  if (url) return redirect(url, request);
  return { status, headers, body: await blobStore(link.store).read(link.key, start, end) };
}

/**
 * Serves the bytes that a signed link names (contract 1.10): exact length, no encoding, HEAD and Range; or sends the
 * client to where the store serves them itself. The link alone decides; neither token nor database is asked.
 */
export async function answerDownload(text: string, request: PlainRequest): Promise<PlainReply> {
  try {
    return await answer(text, request);
  } catch (error) {
    logFailure(error, 'download', request);
    return errorReply(error, request.requestId);
  }
}
