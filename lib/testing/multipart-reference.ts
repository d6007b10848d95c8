import { isUtf8 } from 'node:buffer';
import { MAX_PART_HEADER_BYTES, MAX_PARTS } from '#lib/http/multipart.ts';

/** A part as it was read. */
export interface ReadPart {
  name: string;
  isFile: boolean;
  content: Buffer;
}

/** What became of a body: the parts that were whole, and how it ended: `closed`, or the kind of its Fault. */
export interface Outcome {
  parts: ReadPart[];
  end: string;
}

/** Only what the generator writes; null for what a mutation made of it. */
function plainHeader(block: string): { name: string; isFile: boolean } | null {
  const match =
    /^\r\ncontent-disposition: form-data; name="([^"\\%\r\n]*)"(; filename="[^"\\\r\n]*")?(\r\nX-[\w-]+: [\w ]*)*$/i.exec(
      block,
    );
  return match ? { name: match[1] ?? '', isFile: match[2] !== undefined || match[1] === 'file' } : null;
}

/**
 * Reads a whole body at once, a character a byte: what the streaming reader must make of it, however it is cut.
 * @returns null from where a part's header is none that the generator writes.
 */
export function readWhole(body: Buffer, boundary: string): Outcome | null {
  const text = body.toString('latin1');
  const delimiter = `\r\n--${boundary}`;
  const opening = delimiter.slice(2);
  const parts: ReadPart[] = [];
  if (text.length < opening.length) return { parts, end: 'broken-upload' };
  if (!text.startsWith(opening)) return { parts, end: 'invalid' };
  for (let at = opening.length; ; ) {
    const ending = text.slice(at, at + 2);
    if (ending.length < 2) return { parts, end: 'broken-upload' };
    if (ending === '--') return { parts, end: 'closed' };
    if (ending !== '\r\n' || parts.length === MAX_PARTS) return { parts, end: 'invalid' };
    // The line break of the boundary's line may be the first half of the blank line.
    const blank = text.indexOf('\r\n\r\n', at);
    const isLong =
      blank < 0 ? text.length - at >= MAX_PART_HEADER_BYTES + 4 : blank - at > MAX_PART_HEADER_BYTES;
    if (isLong) return { parts, end: 'invalid' };
    if (blank < 0) return { parts, end: 'broken-upload' };
    const block = body.subarray(at, blank).toString();
    if (!/content-disposition/i.test(block)) return { parts, end: 'invalid' };
    const header = plainHeader(block);
    if (!header) return null;
    const end = text.indexOf(delimiter, blank + 4);
    if (end < 0) return { parts, end: 'broken-upload' };
    const content = body.subarray(blank + 4, end);
    if (!header.isFile && !isUtf8(content)) return { parts, end: 'invalid' };
    parts.push({ ...header, content });
    at = end + delimiter.length;
  }
}
