import { isUtf8 } from 'node:buffer';
import type { UploadPart } from '#lib/artifacts/push.ts';
import { Fault } from '#lib/errors.ts';
import { GatheredBytes } from '#lib/http/gathered-bytes.ts';

/** The parts of one upload. */
export const MAX_PARTS = 100;
/** The text of one field, in bytes. */
export const MAX_FIELD_BYTES = 1024 * 1024;
/** The text of all fields together, in bytes: what one request may hold in memory. */
const MAX_TEXT_BYTES = 8 * 1024 * 1024;
/** The header lines of one part, in bytes. */
export const MAX_PART_HEADER_BYTES = 16 * 1024;

const CR = 0x0d;
const CRLF = Buffer.from('\r\n');
const BLANK_LINE = Buffer.from('\r\n\r\n');

function broken(): Fault {
  return new Fault('broken-upload', 'The upload ended before its closing boundary. Push again.');
}

function malformed(why: string): Fault {
  return new Fault('invalid', `The multipart body ${why}. Send it as the clients do, or as curl -F does.`);
}

/** The boundary of a multipart Content-Type, or null when it is no such type. @throws Fault `invalid` without one. */
export function multipartBoundary(contentType: string | undefined): string | null {
  if (!/^\s*multipart\/form-data\b/i.test(contentType ?? '')) return null;
  const match = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;,"]{1,200}))/i.exec(contentType ?? '');
  const boundary = match?.[1] ?? match?.[2];
  if (!boundary) throw malformed('has no boundary in its Content-Type');
  return boundary;
}

/** Takes back the memory of a piece of a body, which nobody looks at any more. */
type Release = (piece: Uint8Array) => void;

/** Bytes that came but are not used yet, and the source of more. */
class Source {
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #release: Release;
  #piece: Uint8Array | null = null;
  /** What is not used yet. */
  rest: Buffer = Buffer.alloc(0);

  constructor(body: AsyncIterable<Uint8Array>, release: Release) {
    this.#iterator = body[Symbol.asyncIterator]();
    this.#release = release;
  }

  /** Copies what is left of the last piece, gives its memory back, and adds the next one. @throws Fault `broken-upload` at the end of the body or when the connection breaks. */
  async more(): Promise<void> {
    const left = Buffer.from(this.rest);
    if (this.#piece) this.#release(this.#piece);
    const next = await this.#iterator.next().catch((cause) => {
      throw new Fault('broken-upload', broken().message, { cause });
    });
    if (next.done) throw broken();
    const piece = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    this.#piece = piece;
    this.rest = left.length === 0 ? piece : Buffer.concat([left, piece]);
  }

  /**
   * Everything up to `mark`, which is used up too.
   * @throws Fault `invalid` when that is more than `maxBytes`, wherever the pieces end.
   */
  async until(mark: Buffer, maxBytes: number): Promise<Buffer> {
    for (let from = 0; ; ) {
      const at = this.rest.indexOf(mark, from);
      if (at > maxBytes || (at < 0 && this.rest.length >= maxBytes + mark.length))
        throw malformed('has a part with headers that are too long');
      if (at >= 0) return this.take(at, mark.length);
      from = Math.max(0, this.rest.length - mark.length + 1);
      await this.more();
    }
  }

  /** The first `length` bytes; `skip` further ones are dropped. */
  take(length: number, skip = 0): Buffer {
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length + skip);
    return taken;
  }
}

/** Where the end of `bytes` may be the beginning of a delimiter that the next piece completes; else its length. */
function possibleStart(bytes: Buffer, delimiter: Buffer): number {
  const first = Math.max(0, bytes.length - delimiter.length + 1);
  for (let at = bytes.indexOf(CR, first); at >= 0; at = bytes.indexOf(CR, at + 1)) {
    if (bytes.subarray(at).equals(delimiter.subarray(0, bytes.length - at))) return at;
  }
  return bytes.length;
}

/**
 * The body of a part, up to the delimiter, which is used up when the generator ends. Pieces are not copied: one is
 * there only until the next is asked for.
 */
async function* partBody(source: Source, delimiter: Buffer): AsyncGenerator<Buffer> {
  for (;;) {
    const at = source.rest.indexOf(delimiter);
    if (at >= 0) {
      if (at > 0) yield source.take(at);
      source.take(0, delimiter.length);
      return;
    }
    const sure = possibleStart(source.rest, delimiter);
    if (sure > 0) yield source.take(sure);
    await source.more();
  }
}

/** The parameters of a part's Content-Disposition, names in small letters; null when it has none. */
function parseDisposition(block: string): Map<string, string> | null {
  const lines = block.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const line = lines.find((one) => /^content-disposition:\s*form-data\s*;/i.test(one));
  if (line === undefined) return null;
  const parameters = new Map<string, string>();
  // From one to the next, so that what looks like a parameter inside of a quoted value is not one.
  const next = /\s*;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))(?=[\s;]|$)/y;
  next.lastIndex = line.indexOf(';');
  for (let match = next.exec(line); match; match = next.exec(line)) {
    const [, name = '', quoted, bare = ''] = match;
    const value = quoted?.replaceAll(/\\(.)/g, '$1').replaceAll('%22', '"') ?? bare;
    if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), value);
  }
  return parameters;
}

function parseHeaders(block: string): { name: string; isFile: boolean } {
  const parameters = parseDisposition(block);
  const name = parameters?.get('name');
  if (!parameters || name === undefined) throw malformed('has a part without a name');
  return { name, isFile: name === 'file' || parameters.has('filename') || parameters.has('filename*') };
}

/** Reads parts as text, within what one request may hold. */
class TextReader {
  /** Of the parts that were read. */
  #bytes = 0;

  async read(body: AsyncIterable<Uint8Array>, name: string): Promise<string> {
    const field = `The field ${name.slice(0, 50)}`;
    const text = new GatheredBytes();
    for await (const piece of body) {
      const bytes = text.length + piece.length;
      if (bytes > MAX_FIELD_BYTES)
        throw new Fault('invalid', `${field} is longer than ${MAX_FIELD_BYTES} bytes. Send less.`);
      if (this.#bytes + bytes > MAX_TEXT_BYTES)
        throw malformed(`has more than ${MAX_TEXT_BYTES} bytes of text`);
      text.add(piece);
    }
    this.#bytes += text.length;
    if (!isUtf8(text.whole())) throw new Fault('invalid', `${field} is not UTF-8. Encode it as UTF-8.`);
    return text.whole().toString();
  }
}

/** A preamble, which RFC 2046 allows and nobody sends, is refused: a wrong boundary is told at once. */
async function readOpening(source: Source, opening: Buffer): Promise<void> {
  while (source.rest.length < opening.length) await source.more();
  if (!source.take(opening.length).equals(opening)) throw malformed('does not begin with its boundary');
}

/**
 * Splits a multipart/form-data body (RFC 7578) into its parts as they arrive, holding one piece of it at a time:
 * file parts are cut out of the stream by the boundary alone, whatever their headers say of their length.
 * The generator ends only at the closing boundary.
 * @param release is given each piece of `body` when it is used up, before the next one is asked for.
 * @throws Fault `broken-upload` when the body ends before it, `invalid` for what is no multipart body.
 */
export async function* readParts(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  release: Release = () => {},
): AsyncGenerator<UploadPart> {
  const source = new Source(body, release);
  const texts = new TextReader();
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  await readOpening(source, delimiter.subarray(CRLF.length));
  for (let count = 0; ; count++) {
    while (source.rest.length < 2) await source.more();
    const ending = source.take(2).toString('latin1');
    if (ending === '--') return;
    if (ending !== '\r\n') throw malformed('has a boundary line that goes on');
    if (count === MAX_PARTS) throw malformed(`has more than ${MAX_PARTS} parts`);
    // The line break just read may already be half of the blank line, when a part has no header at all.
    source.rest = Buffer.concat([CRLF, source.rest]);
    const { name, isFile } = parseHeaders(
      (await source.until(BLANK_LINE, MAX_PART_HEADER_BYTES)).toString('utf8'),
    );
    const content = partBody(source, delimiter);
    yield { name, isFile, body: content, text: () => texts.read(content, name) };
    // What its reader left unread; a reader that fails ends this generator too.
    for await (const _ of content);
  }
}
