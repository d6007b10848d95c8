import { isUtf8 } from 'node:buffer';
import { Fault } from '#lib/errors.ts';
import { GatheredBytes } from '#lib/http/gathered-bytes.ts';
import type { PlainRequest } from '#lib/http/message.ts';
import { multipartBoundary, readParts } from '#lib/http/multipart.ts';

const [PERCENT, PLUS, SPACE] = [0x25, 0x2b, 0x20];
/** The body of a call that is no upload: metadata of 1 MiB may be six times as long as an escaped string. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Fields of one form or query: deleting 1,000 things by name and id needs 2,000, and nothing needs more. */
const MAX_FIELDS = 10_000;

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

function toText(bytes: Buffer, what: string): string {
  if (isUtf8(bytes)) return bytes.toString();
  throw new Fault('invalid', `${what} is not UTF-8. Encode it as UTF-8.`);
}

function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x66 ? small - 0x57 : Number.NaN;
}

function decodeBytes(raw: Buffer): string {
  const bytes = Buffer.alloc(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; at++) {
    const coded = raw[at] === PERCENT ? hexDigit(raw[at + 1]) * 16 + hexDigit(raw[at + 2]) : Number.NaN;
    if (!Number.isNaN(coded)) at += 2;
    bytes[length++] = Number.isNaN(coded) ? (raw[at] === PLUS ? SPACE : (raw[at] ?? 0)) : coded;
  }
  return toText(bytes.subarray(0, length), 'The query or the form');
}

/**
 * What one half of a pair means: `+` is a space, `%41` a byte, and a `%` before anything else is itself.
 * URLSearchParams would read bytes that are no UTF-8 as other characters, and a name must be kept exactly or refused.
 */
function decodeFormText(raw: string): string {
  return /[%+\x80-\xff]/.test(raw) ? decodeBytes(Buffer.from(raw, 'latin1')) : raw;
}

/** The fields of a query or of an urlencoded form, given with a character a byte. */
function readPairs(raw: string): Fields {
  const pairs = raw.split('&', MAX_FIELDS + 1);
  if (pairs.length > MAX_FIELDS)
    throw new Fault('invalid', `The query or the form has more than ${MAX_FIELDS} fields. Send fewer.`);
  return collect(
    pairs
      .filter((pair) => pair !== '')
      .map((pair) => {
        const equals = pair.indexOf('=');
        const end = equals < 0 ? pair.length : equals;
        return [decodeFormText(pair.slice(0, end)), decodeFormText(pair.slice(end + 1))];
      }),
  );
}

/** The fields of the query. */
export function queryFields(request: PlainRequest): Fields {
  return readPairs(request.query);
}

async function readBody(request: PlainRequest): Promise<Buffer> {
  const gathered = new GatheredBytes();
  try {
    for await (const piece of request.body) {
      if (gathered.length + piece.length > MAX_BODY_BYTES)
        throw new Fault('too-large', `The body is longer than ${MAX_BODY_BYTES} bytes. Send less at a time.`);
      gathered.add(piece);
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault('broken-upload', 'The body ended early. Send it again.', { cause });
  }
  return gathered.whole();
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

/** The body's fields win. Half a million of them are not copied for a query that is empty nearly always. */
function merge(query: Fields, body: Fields): Fields {
  return Object.keys(query).length === 0 ? body : { ...query, ...body };
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
  if (boundary) return merge(query, await multipartFields(request, boundary));
  const bytes = await readBody(request);
  if (bytes.length === 0) return query;
  if (/^\s*application\/x-www-form-urlencoded\b/i.test(contentType ?? '')) {
    return merge(query, readPairs(bytes.toString('latin1')));
  }
  if (contentType === undefined || /\bjson\b/i.test(contentType)) {
    const text = toText(bytes, 'The body').replace(/^\ufeff/, '');
    return text.trim() === '' ? query : merge(query, parseJson(text));
  }
  throw new Fault(
    'invalid',
    'The body has a type that is not read here. Send JSON, a form or multipart/form-data.',
  );
}
