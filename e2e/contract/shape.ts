import { envelope, origin, type Reply } from './client.ts';
import type { Person } from './people.ts';

const REPLACEMENTS: [RegExp, string][] = [
  [/gs[ts]_[0-9A-Za-z]{40,43}(_[0-9A-Za-z]{6})?/g, '<token>'],
  [/gst_[0-9A-Za-z]{4}/g, '<token prefix>'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<request id>'],
  [/\b[0-9a-f]{64}\b/g, '<sha256>'],
  [/\b[0-9a-f]{24}\b/g, '<id>'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>'],
  [/\/download\/[\w.~%-]+/g, '/download/<signed>'],
  [/-[0-9a-f]{12}\b/g, '-<random>'],
];

/** A text without what differs from run to run. */
function redact(text: string): string {
  const here = text.replaceAll(origin(), '<origin>');
  return REPLACEMENTS.reduce((current, [pattern, word]) => current.replaceAll(pattern, word), here);
}

/** What a reply looks like, for a snapshot: its status, the headers that clients read, and its redacted body. */
export function shape(reply: Reply): unknown {
  const { 'content-type': contentType, 'cache-control': cacheControl } = reply.headers;
  return {
    status: reply.status,
    contentType,
    cacheControl,
    hasRequestId: /^[\w-]+$/.test(String(reply.headers['x-request-id'])),
    isOneLine: !reply.bytes.toString().trimEnd().includes('\n'),
    body: JSON.parse(redact(JSON.stringify(envelope(reply)))),
  };
}

function comparable(reply: Reply, input: string) {
  const { date: _date, 'x-request-id': requestId, ...headers } = reply.headers;
  const body = reply.bytes
    .toString()
    .replaceAll(String(requestId), '<request id>')
    .replaceAll(input, '<input>');
  return { status: reply.status, headers, body };
}

/** Two inputs of equal length, one for a thing that is hidden from the caller and one for none at all. */
export interface Pair {
  hidden: string;
  absent: string;
}

/**
 * Calls twice and gives both replies in a form in which they must not differ: only the request id, the date and the
 * caller's own input are blanked.
 */
export async function both(pair: Pair, call: (which: string) => Promise<Reply>) {
  if (pair.hidden.length !== pair.absent.length) throw new Error('inputs of different length');
  return {
    hidden: comparable(await call(pair.hidden), pair.hidden),
    absent: comparable(await call(pair.absent), pair.absent),
  };
}

/** Pairs for the artifact of `owner`'s with this id and name: by id, and by full name. */
export function pairsFor(owner: Person, artifact: { _id: string; name: string | null }): Pair[] {
  const full = `${owner.name}/${artifact.name}`;
  return [
    { hidden: artifact._id, absent: '0'.repeat(24) },
    { hidden: full, absent: `${full.slice(0, -4)}zzzz` },
  ];
}

/** `id` for an id, `name` for a name. */
export function refOf(which: string): { id: string } | { name: string } {
  return which.includes('/') ? { name: which } : { id: which };
}
