/** A part of a form: a text field, or a file. */
export type Part =
  | { name: string; value: string | Buffer }
  | { name: string; filename: string; value: string | Buffer };

const BOUNDARY = 'e9a1f0';

function disposition(part: Part): string {
  const filename = 'filename' in part ? `; filename="${part.filename}"` : '';
  const type = 'filename' in part ? '\r\nContent-Type: application/octet-stream' : '';
  return `Content-Disposition: form-data; name="${part.name}"${filename}${type}`;
}

/** The body of a form and its content type, as Python's urllib3 writes them. */
export function multipart(parts: Part[], { close = true } = {}) {
  const pieces = parts.flatMap((part) => [
    Buffer.from(`--${BOUNDARY}\r\n${disposition(part)}\r\n\r\n`),
    Buffer.from(part.value),
    Buffer.from('\r\n'),
  ]);
  if (close) pieces.push(Buffer.from(`--${BOUNDARY}--\r\n`));
  return { type: `multipart/form-data; boundary=${BOUNDARY}`, body: Buffer.concat(pieces) };
}

/** The same body in pieces of `size` bytes, which are sent chunked. */
export function* inPieces(body: Buffer, size = 16_384): Generator<Buffer> {
  for (let start = 0; start < body.length; start += size) yield body.subarray(start, start + size);
}

/** One piece with its chunked framing, for requests that are written by hand. */
export function chunk(piece: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
}

/** What ends a chunked body. */
export const LAST_CHUNK = Buffer.from('0\r\n\r\n');
