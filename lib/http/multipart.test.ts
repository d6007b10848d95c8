import { describe, expect, it } from 'vitest';
import {
  MAX_FIELD_BYTES,
  MAX_PART_HEADER_BYTES,
  MAX_PARTS,
  multipartBoundary,
  readParts,
} from '#lib/http/multipart.ts';

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

const outcome = (body: Buffer, cuts: number[] = []) => decode(cut(body, cuts)).catch((error) => error);

/** Reads every part as text. */
async function readTexts(body: Buffer, cuts: number[] = []): Promise<string[]> {
  const texts: string[] = [];
  for await (const part of readParts(cut(body, cuts), BOUNDARY)) texts.push(await part.text());
  return texts;
}

describe('readParts', () => {
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
    const field = (bytes: number) => encode([{ name: 'a', file: false, content: Buffer.alloc(bytes) }]);
    await expect(readTexts(field(MAX_FIELD_BYTES + 1))).rejects.toMatchObject({ kind: 'invalid' });
    expect(await readTexts(field(MAX_FIELD_BYTES))).toEqual(['\0'.repeat(MAX_FIELD_BYTES)]);
  });

  it('refuses part headers from the same byte on, wherever the network cuts them', async () => {
    const disposition = '\r\nContent-Disposition: form-data; name="a"\r\nX: ';
    const withHeader = (bytes: number) => {
      const block = disposition + 'y'.repeat(bytes - disposition.length);
      return Buffer.from(`--${BOUNDARY}${block}\r\n\r\n\r\n--${BOUNDARY}--`);
    };
    for (const cuts of [[], [5_000, 16_000], Array.from({ length: 17_000 }, (_, at) => at)]) {
      expect(await outcome(withHeader(MAX_PART_HEADER_BYTES), cuts)).toHaveLength(1);
      expect(await outcome(withHeader(MAX_PART_HEADER_BYTES + 1), cuts)).toMatchObject({ kind: 'invalid' });
    }
    const endless = Buffer.from(`--${BOUNDARY}\r\nX: ${'y'.repeat(100_000)}`);
    expect(await outcome(endless)).toMatchObject({ kind: 'invalid' });
  });

  it('takes nothing inside of a quoted value for a parameter', async () => {
    const part = (parameters: string) =>
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; ${parameters}\r\n\r\n1\r\n--${BOUNDARY}--`,
      );
    const content = Buffer.from('1');
    for (const [parameters, read] of [
      ['filename="x; name=evil"; name="a"', { name: 'a', file: true, content }],
      ['name="a; filename=x"', { name: 'a; filename=x', file: false, content }],
      ['name="a\\"; filename=x"', { name: 'a"; filename=x', file: false, content }],
      ["Name=a; FileName*=UTF-8''x", { name: 'a', file: true, content }],
      ['name="a"; name="b"', { name: 'a', file: false, content }],
    ] as const)
      expect(await outcome(part(parameters)), parameters).toEqual([read]);
    for (const parameters of ['name="a', 'name', 'filename="name=a"', 'x; "name="a"'])
      expect(await outcome(part(parameters)), parameters).toMatchObject({ kind: 'invalid' });
  });

  it('holds back less of a file than a boundary is long, whatever the file looks like', async () => {
    const delimiter = `\r\n--${BOUNDARY}`;
    const head = Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"\r\n\r\n`);
    let given = 0;
    let taken = 0;
    let mostHeld = 0;
    async function* body() {
      yield head;
      for (let count = 0; count < 500; count++) {
        const piece = Buffer.from(delimiter.slice(0, count % delimiter.length));
        mostHeld = Math.max(mostHeld, given - taken);
        given += piece.length;
        yield piece;
      }
      yield Buffer.from(`${delimiter}--`);
    }
    for await (const part of readParts(body(), BOUNDARY))
      for await (const piece of part.body) taken += piece.length;
    expect(taken).toBe(given);
    expect(mostHeld).toBeLessThan(delimiter.length);
  });

  it('refuses a text field that is no UTF-8', async () => {
    const body = encode([{ name: 'name', file: false, content: Buffer.from([0xff, 0xfe]) }]);
    await expect(readTexts(body)).rejects.toMatchObject({ kind: 'invalid' });
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
