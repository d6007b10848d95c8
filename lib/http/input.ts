import { Fault } from '#lib/errors.ts';
import type { PlainRequest } from '#lib/http/message.ts';
import { multipartBoundary, readParts } from '#lib/http/multipart.ts';

/** The body of a call that is no upload: metadata of 1 MiB may be six times as long as an escaped string. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Fields of a query or of a form: text, or a list where a name is repeated or ends in `[]`. */
type Fields = Record<string, unknown>;

/** Collects pairs; a name that comes again makes a list, in order. */
function collect(pairs: Iterable<[string, string]>): Fields {
  const fields: Fields = Object.create(null);
  for (const [rawName, value] of pairs) {
    const isList = rawName.endsWith('[]');
    const name = isList ? rawName.slice(0, -2) : rawName;
    const before = fields[name];
    if (before === undefined) fields[name] = isList ? [value] : value;
    else if (Array.isArray(before)) before.push(value);
    else fields[name] = [before, value];
  }
  return fields;
}

function hex(_match: string, digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 16));
}

/**
 * The pairs of a query or of an urlencoded form, given with a character a byte. URLSearchParams would read bytes that are no UTF-8 as other
 * characters, and a name must be kept exactly or refused.
 */
function readPairs(raw: string): Fields {
  requireUtf8(Buffer.from(raw.replaceAll(/%([0-9a-f]{2})/gi, hex), 'latin1'), 'The query or the form');
  return collect(new URLSearchParams(Buffer.from(raw, 'latin1').toString()));
}

function requireUtf8(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Fault('invalid', `${what} is not UTF-8. Encode it as UTF-8.`, { cause });
  }
}

/** The fields of the query. */
export function queryFields(request: PlainRequest): Fields {
  return readPairs(request.query);
}

async function readBody(request: PlainRequest): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of request.body) {
      bytes += piece.length;
      if (bytes > MAX_BODY_BYTES)
        throw new Fault('too-large', `The body is longer than ${MAX_BODY_BYTES} bytes. Send less at a time.`);
      pieces.push(piece);
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault('broken-upload', 'The body ended early. Send it again.', { cause });
  }
  return Buffer.concat(pieces);
}

function parseJson(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Fault('invalid', 'The body is not JSON. Send a JSON object, without NaN or Infinity.', {
      cause,
    });
  }
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new Fault('invalid', 'The body is JSON, but not an object. Send an object.');
  return value as Fields;
}

async function multipartFields(request: PlainRequest, boundary: string): Promise<Fields> {
  const pairs: [string, string][] = [];
  for await (const part of readParts(request.body, boundary)) pairs.push([part.name, await part.text()]);
  return collect(pairs);
}

/**
 * The input of a call: the query, then the body's fields, which win (contract 1.3). JSON, forms, multipart and no
 * body at all are read; a body of any other type counts only if it is there (contract 1.4).
 * @throws Fault `invalid`, `too-large`, `broken-upload`.
 */
export async function readInput(request: PlainRequest): Promise<Fields> {
  const query = queryFields(request);
  if (request.verb !== 'POST') return query;
  const contentType = request.header('content-type');
  const boundary = multipartBoundary(contentType);
  if (boundary) return { ...query, ...(await multipartFields(request, boundary)) };
  const bytes = await readBody(request);
  if (bytes.length === 0) return query;
  if (/^\s*application\/x-www-form-urlencoded\b/i.test(contentType ?? '')) {
    return { ...query, ...readPairs(bytes.toString('latin1')) };
  }
  if (contentType === undefined || /\bjson\b/i.test(contentType)) {
    const text = requireUtf8(bytes, 'The body');
    return text.trim() === '' ? query : { ...query, ...parseJson(text) };
  }
  throw new Fault(
    'invalid',
    'The body has a type that is not read here. Send JSON, a form or multipart/form-data.',
  );
}
