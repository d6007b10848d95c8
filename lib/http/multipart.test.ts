import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_FIELD_BYTES, MAX_PARTS, multipartBoundary, readParts } from '#lib/http/multipart.ts';

const BOUNDARY = 'b0undary';

interface Sent {
  name: string;
  file: boolean;
  content: Buffer;
}

function encode(parts: Sent[], closing = `--${BOUNDARY}--\r\n`): Buffer {
  const pieces = parts.flatMap(({ name, file, content }) => [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file ? '; filename="x"' : ''}\r\n`,
    file ? 'Content-Type: application/octet-stream\r\n\r\n' : '\r\n',
    content,
    '\r\n',
  ]);
  return Buffer.concat([...pieces, closing].map((piece) => Buffer.from(piece)));
}

async function* cut(body: Buffer, at: number[]): AsyncGenerator<Buffer> {
  const cuts = [0, ...at.map((position) => position % (body.length + 1)), body.length].sort((a, b) => a - b);
  for (let i = 1; i < cuts.length; i++) yield body.subarray(cuts[i - 1], cuts[i]);
}

async function decode(body: AsyncIterable<Uint8Array>): Promise<Sent[]> {
  const parts: Sent[] = [];
  for await (const part of readParts(body, BOUNDARY)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of part.body) pieces.push(Buffer.from(piece));
    parts.push({ name: part.name, file: part.isFile, content: Buffer.concat(pieces) });
  }
  return parts;
}

const outcome = (body: Buffer) => decode(cut(body, [])).catch((error) => error);

/** Contents made of what delimiters are made of are the hard ones. */
const content = fc
  .array(
    fc.oneof(
      fc.constantFrom('\r', '\n', '\r\n', '--', `\r\n--${BOUNDARY.slice(0, 5)}`, BOUNDARY, '-'),
      fc.string(),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => Buffer.from(pieces.join('')))
  .filter(
    (bytes) =>
      !bytes.includes(`\r\n--${BOUNDARY}`) &&
      !`\r\n${bytes.toString('latin1')}`.includes(`\r\n--${BOUNDARY}`),
  );

describe('readParts', () => {
  it('gives back every byte of every part, wherever the network cuts the body', async () => {
    const part = fc.record({
      name: fc.constantFrom('file', 'name', 'metaData'),
      file: fc.constant(true),
      content,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { maxLength: 5 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        async (parts, cuts) => {
          expect(await decode(cut(encode(parts), cuts))).toEqual(parts);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives the same parts when the body comes byte by byte', async () => {
    const parts = [
      { name: 'file', file: true, content: Buffer.from(`\r\n--${BOUNDARY.slice(0, -1)}\r\n\r\n--`) },
      { name: 'name', file: false, content: Buffer.from('ä/ü') },
      { name: 'empty', file: false, content: Buffer.alloc(0) },
    ];
    const body = encode(parts);
    expect(await decode(cut(body, [...body.keys()]))).toEqual(parts);
  });

  it('says broken-upload, and never less than all, for a body cut at any byte before its closing boundary', async () => {
    const body = encode([{ name: 'file', file: true, content: Buffer.from('hello') }]);
    for (let length = 0; length < body.length - 2; length++) {
      expect(await outcome(body.subarray(0, length)), `cut at ${length}`).toMatchObject({
        kind: 'broken-upload',
      });
    }
  });

  it('refuses a body that does not begin with its boundary', async () => {
    expect(
      await outcome(Buffer.from('--other\r\nContent-Disposition: form-data; name="a"\r\n\r\n1')),
    ).toMatchObject({ kind: 'invalid' });
  });

  it('refuses more parts, longer fields and longer part headers than the limits', async () => {
    const many = Array.from({ length: MAX_PARTS + 1 }, () => ({
      name: 'a',
      file: false,
      content: Buffer.from('1'),
    }));
    expect(await outcome(encode(many))).toMatchObject({ kind: 'invalid' });
    const long = Buffer.from(`--${BOUNDARY}\r\nX: ${'y'.repeat(100_000)}`);
    expect(await outcome(long)).toMatchObject({ kind: 'invalid' });
    const field = encode([{ name: 'a', file: false, content: Buffer.alloc(MAX_FIELD_BYTES + 1) }]);
    const readField = async () => {
      for await (const part of readParts(cut(field, []), BOUNDARY)) await part.text();
    };
    await expect(readField()).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('refuses a text field that is no UTF-8', async () => {
    const body = encode([{ name: 'name', file: false, content: Buffer.from([0xff, 0xfe]) }]);
    const readField = async () => {
      for await (const part of readParts(cut(body, []), BOUNDARY)) await part.text();
    };
    await expect(readField()).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('goes on with the next part when a reader leaves one unread', async () => {
    const parts = ['a', 'b'].map((name) => ({ name, file: false, content: Buffer.from(name.repeat(1000)) }));
    const names: string[] = [];
    for await (const part of readParts(cut(encode(parts), [100, 700]), BOUNDARY)) names.push(part.name);
    expect(names).toEqual(['a', 'b']);
  });
});

describe('multipartBoundary', () => {
  it('reads quoted and bare boundaries and is null for other types', () => {
    expect(multipartBoundary('multipart/form-data; boundary=abc')).toBe('abc');
    expect(multipartBoundary('Multipart/Form-Data; charset=utf-8; boundary="a b"')).toBe('a b');
    expect(multipartBoundary('application/json')).toBeNull();
    expect(multipartBoundary(undefined)).toBeNull();
  });

  it('refuses a multipart type without a boundary', () => {
    expect(() => multipartBoundary('multipart/form-data')).toThrow(
      expect.objectContaining({ kind: 'invalid' }),
    );
  });
});
